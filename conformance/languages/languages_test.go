// Package languages builds the package for other languages than TypeScript.
package languages

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func TestMain(m *testing.M) { os.Exit(report.Run(m, "languages")) }

func pacmak(t *testing.T, args ...string) string {
	t.Helper()
	dir := t.TempDir()
	command := exec.Command(filepath.Join(output.Root(), "node_modules", ".bin", "jsii-pacmak"), append(args, "--outdir", dir)...)
	command.Dir = output.Root()
	command.Env = quiet()
	if printed, err := command.CombinedOutput(); err != nil {
		t.Fatalf("jsii-pacmak: %v\n%s", err, printed)
	}
	return dir
}

func quiet() []string {
	return append(os.Environ(), "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20", "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=20")
}

func TestPythonWritesTheSameBytes(t *testing.T) {
	wheels, _ := filepath.Glob(filepath.Join(pacmak(t, "--target", "python"), "python", "*.whl"))
	if len(wheels) != 1 {
		t.Fatalf("jsii-pacmak made %d wheels, want 1", len(wheels))
	}
	installed := t.TempDir()
	printed, err := programs.Run(t, "python", "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check", "--target", installed, wheels[0])
	if err != nil {
		t.Fatalf("pip install: %v\n%s", err, printed)
	}
	written := t.TempDir()
	command := exec.Command(programs.Path(t, "python"), filepath.Join("python", "bookinfo.py"), written)
	command.Env = append(quiet(), "PYTHONPATH="+installed)
	if printed, err := command.CombinedOutput(); err != nil {
		t.Fatalf("python: %v\n%s", err, printed)
	}
	wanted := filepath.Join(output.Root(), "examples", "bookinfo-zero-trust", "dist")
	problems, count := differences(t, wanted, written)
	for _, problem := range problems {
		t.Error(problem)
	}
	report.Add("python", "files equal to TypeScript's", count)

	t.Run("fails when a byte differs", func(t *testing.T) {
		for _, change := range []func(string) error{
			func(file string) error { return os.WriteFile(file, []byte("kind: Other\n"), 0o600) },
			os.Remove,
			func(file string) error { return os.WriteFile(file+".more", nil, 0o600) },
		} {
			twin := t.TempDir()
			if err := os.CopyFS(filepath.Join(twin, "dist"), os.DirFS(written)); err != nil {
				t.Fatal(err)
			}
			if err := change(filepath.Join(twin, "dist", first(t, written))); err != nil {
				t.Fatal(err)
			}
			if problems, _ := differences(t, wanted, filepath.Join(twin, "dist")); len(problems) == 0 {
				t.Error("a wrong twin passed")
			}
			report.Add("python", "wrong twins refused", 1)
		}
	})
}

func first(t *testing.T, dir string) string {
	t.Helper()
	for name := range read(t, dir) {
		return name
	}
	t.Fatal("nothing was written")
	return ""
}

func differences(t *testing.T, wanted, written string) (problems []string, count int) {
	t.Helper()
	left, right := read(t, wanted), read(t, written)
	for name, content := range left {
		other, found := right[name]
		switch {
		case !found:
			problems = append(problems, name+" is missing")
		case !bytes.Equal(content, other):
			problems = append(problems, name+" differs")
		}
	}
	for name := range right {
		if _, found := left[name]; !found {
			problems = append(problems, name+" is not in TypeScript's output")
		}
	}
	if len(left) == 0 {
		problems = append(problems, "TypeScript's output is empty: run conformance/run")
	}
	return problems, len(left)
}

func read(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		files[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestJavaAndGoParse(t *testing.T) {
	dir := pacmak(t, "--target", "java", "--target", "go", "--code-only")

	count, err := parseGo(dir)
	if err != nil || count == 0 {
		t.Errorf("%d Go files parsed: %v", count, err)
	}
	report.Add("go/parser", "generated package parsed", 1)

	count, problem := parseJava(t, dir)
	if problem != "" || count == 0 {
		t.Errorf("%d Java files parsed: %s", count, problem)
	}
	report.Add("tree-sitter-java", "generated package parsed", 1)

	t.Run("fails on source that does not parse", func(t *testing.T) {
		for _, wrong := range []string{"class {", "public interface A { void a( }", "package ;"} {
			twin := t.TempDir()
			for _, name := range []string{"Twin.java", "twin.go"} {
				if err := os.WriteFile(filepath.Join(twin, name), []byte(wrong), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if _, problem := parseJava(t, twin); problem == "" {
				t.Errorf("tree-sitter took %q", wrong)
			}
			if _, err := parseGo(twin); err == nil {
				t.Errorf("go/parser took %q", wrong)
			}
			report.Add("tree-sitter-java", "wrong twins refused", 1)
			report.Add("go/parser", "wrong twins refused", 1)
		}
	})
}

func parseGo(dir string) (count int, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		count++
		_, err = parser.ParseFile(token.NewFileSet(), path, nil, parser.AllErrors)
		return err
	})
	return count, err
}

func parseJava(t *testing.T, dir string) (count int, problem string) {
	t.Helper()
	printed, err := programs.Run(t, "python", filepath.Join("python", "parse_java.py"), dir)
	if err != nil {
		return 0, printed
	}
	count, err = strconv.Atoi(strings.TrimSpace(printed))
	if err != nil {
		return 0, printed
	}
	return count, ""
}
