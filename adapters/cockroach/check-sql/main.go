// Check-sql parses statements with CockroachDB's own grammar. It reads JSON lines ({"name": …, "sql": …}) and answers each
// with one: the parser's error, or what the statement uses. What is allowed is decided by judge.ts.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"reflect"

	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/parser"
	_ "github.com/cockroachdb/cockroachdb-parser/pkg/sql/plpgsql/parser" // Without it a DO block panics.
	"github.com/cockroachdb/cockroachdb-parser/pkg/sql/sem/tree"
)

type statement struct {
	Name string `json:"name"`
	SQL  string `json:"sql"`
}

type answer struct {
	Name  string `json:"name"`
	Error string `json:"error"`
	// What is done (CREATE TABLE, INSERT), to which tables, with which functions and types; repeats are kept.
	Tags      []string `json:"tags"`
	Written   []string `json:"written"`
	Functions []string `json:"functions"`
	Types     []string `json:"types"`
}

func check(given statement) answer {
	found := answer{Name: given.Name, Tags: []string{}, Written: []string{}, Functions: []string{}, Types: []string{}}
	parsed, err := parser.Parse(given.SQL)
	if err != nil {
		found.Error = err.Error()
		return found
	}
	for _, one := range parsed {
		found.Tags = append(found.Tags, one.AST.StatementTag())
		found.walk(reflect.ValueOf(one.AST), map[uintptr]bool{})
	}
	return found
}

// The grammar's tree has no visitor that sees both statements and expressions, so every field is followed.
func (found *answer) walk(value reflect.Value, seen map[uintptr]bool) {
	switch value.Kind() {
	case reflect.Interface:
		if !value.IsNil() {
			found.walk(value.Elem(), seen)
		}
	case reflect.Pointer:
		if value.IsNil() || seen[value.Pointer()] {
			return
		}
		seen[value.Pointer()] = true
		if value.CanInterface() && found.note(value.Interface()) {
			return
		}
		found.walk(value.Elem(), seen)
	case reflect.Struct:
		for field := 0; field < value.NumField(); field++ {
			if value.Type().Field(field).IsExported() {
				found.walk(value.Field(field), seen)
			}
		}
	case reflect.Slice, reflect.Array:
		for index := 0; index < value.Len(); index++ {
			found.walk(value.Index(index), seen)
		}
	}
}

// Note records what a node uses, and says whether the node has no parts that matter.
func (found *answer) note(node any) bool {
	switch node := node.(type) {
	case *tree.Insert:
		found.Written = append(found.Written, tree.AsString(node.Table))
	case *tree.Update:
		found.Written = append(found.Written, tree.AsString(node.Table))
	case *tree.Delete:
		found.Written = append(found.Written, tree.AsString(node.Table))
	case *tree.FuncExpr:
		found.Functions = append(found.Functions, tree.AsString(&node.Func))
	case *tree.CastExpr:
		found.Types = append(found.Types, node.Type.SQLString())
	case *tree.ColumnTableDef:
		if node.IsSerial {
			found.Types = append(found.Types, "SERIAL")
			return true
		}
		found.Types = append(found.Types, node.Type.SQLString())
	case tree.ResolvableTypeReference:
		return true
	}
	return false
}

func run() error {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<20), 1<<24)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var given statement
		if err := json.Unmarshal(lines.Bytes(), &given); err != nil {
			return fmt.Errorf("input: %w", err)
		}
		if err := out.Encode(check(given)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
