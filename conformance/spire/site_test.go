package spire

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// site is a trust domain on this machine: server and agent with the configurations of a cluster's output. Changed in them: addresses, folders,
// and the plugins that need Kubernetes (join_token and unix in their place).
type site struct {
	judged      output.Cluster
	trustDomain string
	dir         string
	address     string
	workloadAPI string
}

var (
	blockOf = func(kind, name string) *regexp.Regexp {
		return regexp.MustCompile(`(?ms)^  ` + kind + ` "` + name + `" \{.*?^  \}\n`)
	}
	serverName = regexp.MustCompile(`server_address = "[^"]+"`)
)

func startSite(t *testing.T, judged output.Cluster, number int) *site {
	t.Helper()
	// the test's own folder may be too long for a socket
	dir, err := os.MkdirTemp("", "spire")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &site{judged: judged, dir: dir, address: fmt.Sprintf("127.40.%d.1", number), workloadAPI: filepath.Join(dir, "agent-sockets", "spire-agent.sock")}
	for _, folder := range []string{"private", "data", "agent/data", "agent/bundle", "agent-sockets"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	server := s.file(t, "server.conf", s.address, func(text string) string {
		text = blockOf("NodeAttestor", "k8s_psat").ReplaceAllString(text, "  NodeAttestor \"join_token\" {\n    plugin_data {}\n  }\n")
		return blockOf("BundlePublisher", "k8s_configmap").ReplaceAllString(text, "")
	})
	s.trustDomain = trustDomainLine.FindStringSubmatch(read(t, server))[1]
	process := cluster.Launch(t, dir, programs.Path(t, "spire-server"), "run", "-config", server)
	await(t, "the server of "+s.trustDomain, process, func() error { return s.try("healthcheck") })

	bundle := filepath.Join(dir, "agent", "bundle", "bundle.pem")
	if err := os.WriteFile(bundle, []byte(s.run(t, "", "bundle", "show")), 0o644); err != nil {
		t.Fatal(err)
	}
	agent := s.file(t, "agent.conf", fmt.Sprintf("127.40.%d.2", number), func(text string) string {
		text = blockOf("NodeAttestor", "k8s_psat").ReplaceAllString(text, "  NodeAttestor \"join_token\" {\n    plugin_data {}\n  }\n")
		text = blockOf("WorkloadAttestor", "k8s").ReplaceAllString(text, "  WorkloadAttestor \"unix\" {\n    plugin_data {}\n  }\n")
		return serverName.ReplaceAllString(text, fmt.Sprintf("server_address = %q", s.address))
	})
	token := strings.TrimSpace(strings.TrimPrefix(s.run(t, "", "token", "generate", "-spiffeID", s.id("node")), "Token: "))
	process = cluster.Launch(t, dir, programs.Path(t, "spire-agent"), "run", "-config", agent, "-joinToken", token)
	await(t, "the agent of "+s.trustDomain, process, func() error {
		_, err := os.Stat(s.workloadAPI)
		return err
	})
	return s
}

func await(t *testing.T, what string, process *cluster.Process, try func() error) {
	t.Helper()
	cluster.Await(t, 60*time.Second, what+" is ready", func() error {
		if process.Ended() {
			t.Fatalf("%s ended: %s", what, process.Tail())
		}
		return try()
	})
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// The file as it is in the output, with what is different on this machine.
func (s *site) file(t *testing.T, name, address string, change func(string) string) string {
	t.Helper()
	for _, file := range output.Files(s.judged.Objects()) {
		if file.Name != name {
			continue
		}
		text := strings.NewReplacer("/run/spire/server/", s.dir+"/", "/run/spire/agent/", s.dir+"/agent/", "/run/spire/agent-sockets", s.dir+"/agent-sockets",
			`"0.0.0.0"`, fmt.Sprintf("%q", address)).Replace(change(file.Text))
		path := filepath.Join(s.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Fatalf("%s has no %s", s.judged, name)
	return ""
}

func (s *site) id(path string) string { return "spiffe://" + s.trustDomain + "/" + path }

func (s *site) command(input string, args ...string) *exec.Cmd {
	table, _ := programs.Read()
	command := exec.Command(table["spire-server"].Path, append(args, "-socketPath", filepath.Join(s.dir, "private", "api.sock"))...)
	command.Stdin = strings.NewReader(input)
	return command
}

func (s *site) try(args ...string) error {
	if printed, err := s.command("", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, printed)
	}
	return nil
}

// run is a command of the server, as an operator would give it.
func (s *site) run(t *testing.T, input string, args ...string) string {
	t.Helper()
	printed, err := s.command(input, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("spire-server %s: %v: %s", strings.Join(args, " "), err, printed)
	}
	return string(printed)
}

// register makes an entry for a process of this user. All have the same selector: a proxy asks for its certificate by SPIFFE ID.
func (s *site) register(t *testing.T, id string, federatesWith []string) {
	t.Helper()
	args := []string{"entry", "create", "-parentID", s.id("node"), "-spiffeID", id, "-selector", fmt.Sprintf("unix:uid:%d", os.Getuid())}
	for _, other := range federatesWith {
		args = append(args, "-federatesWith", other)
	}
	s.run(t, "", args...)
}

// svid is the certificate of an identity, fetched as a workload would.
func (s *site) svid(t *testing.T, id string) tls.Certificate {
	t.Helper()
	var found tls.Certificate
	cluster.Await(t, 40*time.Second, "an SVID for "+id, func() error {
		dir := t.TempDir()
		printed, err := exec.Command(programs.Path(t, "spire-agent"), "api", "fetch", "x509", "-socketPath", s.workloadAPI, "-write", dir, "-timeout", "5s").CombinedOutput()
		if err != nil {
			return fmt.Errorf("%w: %s", err, printed)
		}
		files, _ := filepath.Glob(filepath.Join(dir, "svid.*.pem"))
		for _, file := range files {
			certificate, err := tls.LoadX509KeyPair(file, strings.TrimSuffix(file, ".pem")+".key")
			if err != nil {
				return err
			}
			if leaf, err := x509.ParseCertificate(certificate.Certificate[0]); err == nil && len(leaf.URIs) == 1 && leaf.URIs[0].String() == id {
				found = certificate
				return nil
			}
		}
		return fmt.Errorf("not among %d", len(files))
	})
	return found
}
