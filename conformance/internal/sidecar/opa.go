package sidecar

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	authv3 "github.com/envoyproxy/go-control-plane/envoy/service/auth/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
	statusv1 "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/encoding/protojson"
	corev1 "k8s.io/api/core/v1"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// OPA's plugin for Envoy is on no registry. In its place stands a server that hands each request, as JSON, to the real OPA.
type plugin struct {
	authv3.UnimplementedAuthorizationServer
	rule string
}

func (p plugin) Check(ctx context.Context, request *authv3.CheckRequest) (*authv3.CheckResponse, error) {
	attributes, err := protojson.Marshal(request.Attributes)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]any{"input": map[string]any{"attributes": json.RawMessage(attributes)}})
	if err != nil {
		return nil, err
	}
	response, err := http.Post(p.rule, "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer struct{ Result bool }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if !answer.Result {
		return &authv3.CheckResponse{Status: &statusv1.Status{Code: int32(codes.PermissionDenied)}, HttpResponse: &authv3.CheckResponse_DeniedResponse{
			DeniedResponse: &authv3.DeniedHttpResponse{Status: &typev3.HttpStatus{Code: typev3.StatusCode_Forbidden}},
		}}, nil
	}
	return &authv3.CheckResponse{Status: &statusv1.Status{Code: int32(codes.OK)}}, nil
}

// HasOPA tells whether the pod has a container with it.
func (p *Pod) HasOPA() bool { return p.container("opa") >= 0 }

func (p *Pod) container(name string) int {
	for i, container := range p.spec.InitContainers {
		if container.Name == name {
			return i
		}
	}
	return -1
}

// ServeOPA starts OPA with the arguments of its container, apart from those of the plugin, and with the policy that the pod mounts, which may be
// changed before. The returned function ends it.
func (p *Pod) ServeOPA(t testing.TB, change func(text string) string) (end func()) {
	t.Helper()
	container := p.spec.InitContainers[p.container("opa")]
	folder := p.policyFolder(t, change)
	var arguments []string
	listen, path := "", ""
	for _, argument := range container.Args {
		argument = strings.NewReplacer("127.0.0.1", p.Address, "0.0.0.0", p.Address).Replace(argument)
		if value, found := strings.CutPrefix(argument, "--set=plugins.envoy_ext_authz_grpc.addr="); found {
			listen = value
		} else if value, found := strings.CutPrefix(argument, "--set=plugins.envoy_ext_authz_grpc.path="); found {
			path = value
		} else if argument == "/policy" {
			arguments = append(arguments, folder)
		} else {
			arguments = append(arguments, argument)
		}
	}
	if listen == "" || path == "" {
		t.Fatalf("OPA of %s has no plugin for Envoy: %v", p.Name, container.Args)
	}
	process := cluster.Launch(t, folder, programs.Path(t, "opa"), arguments...)
	health := container.ReadinessProbe.HTTPGet
	cluster.Await(t, 90*time.Second, "OPA of "+p.Name+" is ready", func() error {
		if process.Ended() {
			t.Fatalf("opa ended: %s", process.Tail())
		}
		return cluster.Answers(fmt.Sprintf("http://%s:%d%s", p.Address, health.Port.IntValue(), health.Path))
	})
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	authv3.RegisterAuthorizationServer(server, plugin{rule: fmt.Sprintf("http://%s:8181/v1/data/%s", p.Address, path)})
	go func() { _ = server.Serve(listener) }()
	end = func() {
		server.Stop()
		process.Kill()
	}
	t.Cleanup(server.Stop)
	return end
}

// As a kubelet mounts it: each file is a link into a folder with a hidden name.
func (p *Pod) policyFolder(t testing.TB, change func(text string) string) string {
	t.Helper()
	folder := t.TempDir()
	mount := p.spec.InitContainers[p.container("opa")].VolumeMounts[0].Name
	volume := p.spec.Volumes[slices.IndexFunc(p.spec.Volumes, func(one corev1.Volume) bool { return one.Name == mount })]
	if err := os.Mkdir(filepath.Join(folder, "..2026"), 0o755); err != nil {
		t.Fatal(err)
	}
	namespace, _, _ := strings.Cut(p.Name, "/")
	for _, file := range output.Files(p.Cluster.Objects()) {
		if file.Holder.GetName() != volume.ConfigMap.Name || file.Holder.GetNamespace() != namespace {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, "..2026", file.Name), []byte(change(file.Text)), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join("..2026", file.Name), filepath.Join(folder, file.Name)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
