// Package cluster is a real Kubernetes API server with its etcd on 127.0.0.1, ended with the test that started it.
package cluster

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"

	"cdk8s-spiffe.dev/conformance/internal/programs"
)

const adminToken = "conformance-admin"

type Server struct {
	Config     *rest.Config
	Kubeconfig string
	Client     kubernetes.Interface
	Dynamic    dynamic.Interface
	Mapper     *restmapper.DeferredDiscoveryRESTMapper
	// The kinds whose definitions were applied.
	established sync.Map
	Warnings    *Warnings
	// CA signs the server's own certificate; a kubelet's would be from it, too.
	CA   *Authority
	Port int
}

// Start returns when the server is ready. Webhooks are off: the programs behind them do not run here; every other admission plugin is on.
func Start(t testing.TB) *Server {
	t.Helper()
	dir := t.TempDir()
	etcd, peer, secure := FreePort(t), FreePort(t), FreePort(t)
	Launch(t, dir, programs.Path(t, "etcd"),
		"--data-dir", filepath.Join(dir, "etcd"), "--unsafe-no-fsync", "--log-level", "error",
		"--listen-client-urls", local("http", etcd), "--advertise-client-urls", local("http", etcd),
		"--listen-peer-urls", local("http", peer), "--initial-advertise-peer-urls", local("http", peer),
		"--initial-cluster", "default="+local("http", peer))
	key := writeKey(t, filepath.Join(dir, "service-account.pem"))
	tokens := filepath.Join(dir, "tokens.csv")
	write(t, tokens, adminToken+",admin,admin,system:masters\n")
	authority := NewAuthority(t, dir)
	certificate, certificateKey := authority.Issue(t, "apiserver", "127.0.0.1")
	apiServer := Launch(t, dir, programs.Path(t, "kube-apiserver"),
		"--etcd-servers", local("http", etcd), "--bind-address", "127.0.0.1", "--secure-port", fmt.Sprint(secure),
		// never listened on: the server only wants an address that is not loopback
		"--advertise-address", "192.0.2.1", "--endpoint-reconciler-type", "none",
		"--tls-cert-file", certificate, "--tls-private-key-file", certificateKey, "--token-auth-file", tokens,
		"--service-account-issuer", "https://kubernetes.default.svc", "--service-account-signing-key-file", key,
		"--service-account-key-file", key, "--service-cluster-ip-range", "10.96.0.0/16", "--authorization-mode", "RBAC", "--allow-privileged",
		"--disable-admission-plugins", "ValidatingAdmissionWebhook,MutatingAdmissionWebhook")

	warnings := &Warnings{}
	config := &rest.Config{
		Host: local("https", secure), BearerToken: adminToken, QPS: 500, Burst: 500, WarningHandler: warnings,
		TLSClientConfig: rest.TLSClientConfig{Insecure: true},
	}
	server := &Server{Config: config, Warnings: warnings, CA: authority, Port: secure, Kubeconfig: filepath.Join(dir, "kubeconfig")}
	write(t, server.Kubeconfig, fmt.Sprintf(kubeconfig, config.Host, adminToken))
	server.Client = must(kubernetes.NewForConfig(config))(t)
	server.Dynamic = must(dynamic.NewForConfig(config))(t)
	server.Mapper = restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(server.Client.Discovery()))
	Await(t, 90*time.Second, "kube-apiserver is ready", func() error {
		if apiServer.Ended() {
			t.Fatalf("kube-apiserver ended: %s", apiServer.Tail())
		}
		_, err := server.Client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(context.Background())
		return err
	})
	return server
}

const kubeconfig = `apiVersion: v1
kind: Config
current-context: conformance
clusters: [{name: conformance, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
users: [{name: admin, user: {token: %s}}]
contexts: [{name: conformance, context: {cluster: conformance, user: admin}}]
`

func local(scheme string, port int) string { return fmt.Sprintf("%s://127.0.0.1:%d", scheme, port) }

var given sync.Map

// FreePort asks the kernel; the listener is closed again, so take it soon. No port is given twice in one process.
func FreePort(t testing.TB) int {
	t.Helper()
	for {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatalf("no free port on 127.0.0.1: %v", err)
		}
		port := listener.Addr().(*net.TCPAddr).Port
		listener.Close()
		if _, taken := given.LoadOrStore(port, true); !taken {
			return port
		}
	}
}

type Process struct {
	command *exec.Cmd
	log     string
	ended   chan struct{}
}

// Launch starts a program that is killed with the test, and with this process if that ends first.
func Launch(t testing.TB, dir, path string, args ...string) *Process {
	t.Helper()
	return LaunchWith(t, dir, nil, path, args...)
}

func LaunchWith(t testing.TB, dir string, environment []string, path string, args ...string) *Process {
	t.Helper()
	return LaunchIn(t, dir, 0, environment, path, args...)
}

// LaunchIn starts the program in new namespaces.
func LaunchIn(t testing.TB, dir string, namespaces uintptr, environment []string, path string, args ...string) *Process {
	t.Helper()
	name, _, _ := strings.Cut(filepath.Base(path), "-")
	log := must(os.CreateTemp(dir, name+"-*.log"))(t)
	// a program of another user may open /dev/stdout
	if err := log.Chmod(0o666); err != nil {
		t.Fatal(err)
	}
	process := &Process{command: exec.Command(path, args...), log: log.Name(), ended: make(chan struct{})}
	process.command.Dir = dir
	process.command.Env = append(os.Environ(), environment...)
	process.command.Stdout, process.command.Stderr = log, log
	process.command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Cloneflags: namespaces}
	if err := process.command.Start(); err != nil {
		t.Fatalf("%s does not start: %v", path, err)
	}
	go func() {
		_ = process.command.Wait()
		log.Close()
		close(process.ended)
	}()
	t.Cleanup(process.Kill)
	return process
}

func (p *Process) Kill() {
	_ = p.command.Process.Kill()
	<-p.ended
}

// Wait returns when the program has ended by itself.
func (p *Process) Wait() { <-p.ended }

func (p *Process) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

func (p *Process) Log() string {
	content, _ := os.ReadFile(p.log)
	return string(content)
}

func (p *Process) Tail() string {
	lines := strings.Split(strings.TrimSpace(p.Log()), "\n")
	return strings.Join(lines[max(0, len(lines)-5):], "\n")
}

func Await(t testing.TB, limit time.Duration, what string, try func() error) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s: %v", limit, what, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// Answers tells whether a GET is answered with 200.
func Answers(url string) error {
	response, err := http.Get(url)
	if err != nil {
		return err
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}

func writeKey(t testing.TB, path string) string {
	key := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	block := &pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}
	write(t, path, string(pem.EncodeToMemory(block)))
	return path
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
