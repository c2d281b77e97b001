// Cilium-policy reads CiliumNetworkPolicies as Cilium's agent does: it parses each, adds what the namespace implies, and sanitizes the rules.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	ciliumv2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"k8s.io/apimachinery/pkg/util/yaml"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "version" {
		return
	}
	refused := false
	for _, file := range os.Args[1:] {
		if err := check(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			refused = true
		}
	}
	if refused {
		os.Exit(1)
	}
}

func check(file string) error {
	content, err := os.Open(file)
	if err != nil {
		return err
	}
	defer content.Close()
	documents := yaml.NewYAMLOrJSONDecoder(content, 4096)
	var problems []error
	for {
		var policy ciliumv2.CiliumNetworkPolicy
		if err := documents.Decode(&policy); err == io.EOF {
			return errors.Join(problems...)
		} else if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		rules, err := policy.Parse(nil, "cluster")
		if err == nil && len(rules) == 0 {
			err = errors.New("no rule")
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", policy.Name, err))
			continue
		}
		fmt.Printf("%s: %d\n", policy.Name, len(rules))
	}
}
