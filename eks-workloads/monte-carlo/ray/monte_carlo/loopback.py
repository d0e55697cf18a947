"""
On a laptop nothing of Ray may listen for the network. Serve's replicas do, whatever address the node was given, and
unpickle what they are sent: they are told 127.0.0.1 here. On the cluster its network policy keeps others away.
"""

import os
from typing import Any

from ray.serve._private import replica

_ANY = "[::]:0"


def listen_on_loopback() -> None:
    if os.environ.get("MONTE_CARLO_LOOPBACK") != "yes":
        return
    bind = replica.add_port_to_grpc_server

    def bind_here(server: Any, address: str) -> Any:  # noqa: ANN401 - Ray's own types are not published
        return bind(server, address.replace(_ANY, "127.0.0.1:0"))

    replica.add_port_to_grpc_server = bind_here
