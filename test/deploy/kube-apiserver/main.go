// Kube-apiserver is Kubernetes' own API server, built from its module: what it refuses, the cluster refuses.
package main

import (
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() { os.Exit(cli.Run(app.NewAPIServerCommand())) }
