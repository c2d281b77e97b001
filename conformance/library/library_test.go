// Package library runs those of the library's own tests that ask a program which conformance has and a developer's machine may lack.
package library

import (
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func TestMain(m *testing.M) { os.Exit(report.Run(m, "library")) }

// The words by which a file and the groups in it say what they need, and what these are then called in the report.
var askers = []struct{ word, group, program, what string }{
	{"describeWithOpa(", "describeWithOpa(", "opa", "tests of the library that ask it"},
	{"describeWithEnvoy(", "describeWithEnvoy(", "envoy", "tests of the library that ask it"},
	{"describeWithCilium(", "describeWithCilium(", "cilium-policy", "tests of the library that ask it"},
	{"'spire-verdicts'", "", "spire verdicts, recorded", "tests of the library that compare with them"},
}

// groups are the titles of the groups in a file that begin with a word: only what is in them asks. Without a word all of the file does.
func groups(t *testing.T, file, word string) []string {
	t.Helper()
	if word == "" {
		return nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, match := range regexp.MustCompile(regexp.QuoteMeta(word)+`'([^']+)'`).FindAllStringSubmatch(string(content), -1) {
		titles = append(titles, match[1])
	}
	if len(titles) == 0 {
		t.Fatalf("%s has no %s with a title", file, word)
	}
	return titles
}

// The folder beside the checkout that has them.
const recorded = "../shared/data/spire-verdicts"

// A failing case by its name: output with one thing made wrong, which the program has to refuse.
var wrongTwin = regexp.MustCompile(`^fails `)

type results struct {
	TestResults []struct {
		Name             string
		AssertionResults []struct {
			AncestorTitles          []string
			Title, FullName, Status string
		}
		Message string
	}
}

func TestAskingPrograms(t *testing.T) {
	for _, asker := range askers {
		t.Run(asker.program, func(t *testing.T) {
			files := testsWith(t, asker.word)
			if len(files) == 0 {
				t.Fatalf("no test has %q: its name changed", asker.word)
			}
			passed, skipped, refused := 0, 0, 0
			for _, file := range jest(t, files).TestResults {
				titles := groups(t, file.Name, asker.group)
				for _, one := range file.AssertionResults {
					asks := titles == nil || slices.ContainsFunc(one.AncestorTitles, func(title string) bool { return slices.Contains(titles, title) })
					switch {
					case one.Status == "passed" && !asks:
						// a test beside those that ask
					case one.Status == "passed" && wrongTwin.MatchString(one.Title):
						refused++
					case one.Status == "passed":
						passed++
					case strings.Contains(one.FullName, "skipped: ../shared"):
						skipped++
					default:
						t.Errorf("%s: %s: %s", filepath.Base(file.Name), one.FullName, one.Status)
					}
				}
			}
			if strings.HasPrefix(asker.program, "spire") && skipped > 0 {
				report.Skip(t, recorded, "recorded verdicts of SPIRE: "+recorded+" is absent")
			}
			report.Add(asker.program, asker.what, passed)
			if refused > 0 {
				report.Add(asker.program, "wrong twins refused by tests of the library", refused)
			}
		})
	}
}

// Three properties, so that there are more than 100,000 cases in all.
const cases = "34000"

// The writer of YAML against that of cdk8s, the reader against the package yaml, the order of objects against cdk8s's own: what takes too long for every
// test run.
func TestSameBytes(t *testing.T) {
	for _, one := range []struct{ path, program, what, runs string }{
		{"test/formats/yaml/block-emitter", "cdk8s", "tests of equal bytes, 34000 cases for each of three properties", cases},
		{"test/formats/yaml/reader", "yaml", "tests of equal reading, 5000 documents and 100000 texts", "5000"},
		{"test/app/dependency-order", "cdk8s", "tests of equal order, 5000 cases", "5000"},
	} {
		t.Run(one.path, func(t *testing.T) {
			passed := 0
			for _, file := range jest(t, []string{one.path}, "FUZZ_RUNS="+one.runs).TestResults {
				for _, assertion := range file.AssertionResults {
					if assertion.Status != "passed" {
						t.Errorf("%s: %s\n%s", assertion.FullName, assertion.Status, file.Message)
					}
					passed++
				}
			}
			report.Add(one.program, one.what, passed)
		})
	}
}

// A test that cannot fail proves nothing: with a program that takes nothing these must.
func TestWrongTwins(t *testing.T) {
	twins := []struct{ name, word, variable string }{
		{"an OPA that refuses everything", "describeWithOpa(", "OPA"},
		{"an Envoy that refuses everything", "describeWithEnvoy(", "ENVOY"},
		{"a Cilium that refuses everything", "describeWithCilium(", "CILIUM_POLICY"},
		{"an OPA that is not there", "describeWithOpa(", "OPA=/nonexistent"},
	}
	for _, twin := range twins {
		t.Run(twin.name, func(t *testing.T) {
			setting := twin.variable
			if !strings.Contains(setting, "=") {
				program := filepath.Join(t.TempDir(), "program")
				// it only tells its version
				script := "#!/bin/sh\ncase \"$1\" in version|--version) exit 0;; esac\nexit 1\n"
				if err := os.WriteFile(program, []byte(script), 0o755); err != nil {
					t.Fatal(err)
				}
				setting += "=" + program
			}
			refused := false
			for _, file := range jest(t, testsWith(t, twin.word), setting).TestResults {
				for _, one := range file.AssertionResults {
					refused = refused || one.Status != "passed"
				}
			}
			if !refused {
				t.Error("all tests passed")
			}
		})
	}
	report.Add("jest", "wrong twins refused", len(twins))
}

func testsWith(t *testing.T, word string) []string {
	t.Helper()
	var files []string
	root := filepath.Join(output.Root(), "test")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".test.ts") && !strings.HasSuffix(path, ".slow.ts") {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), word) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func jest(t *testing.T, files []string, settings ...string) results {
	t.Helper()
	said := filepath.Join(t.TempDir(), "results.json")
	arguments := []string{"--ci", "--json", "--outputFile", said, "--testMatch", "<rootDir>/test/**/*.test.ts", "--testMatch", "<rootDir>/test/**/*.slow.ts",
		"--testTimeout", "600000"}
	command := exec.Command(filepath.Join("node_modules", ".bin", "jest"), append(arguments, files...)...)
	command.Dir = output.Root()
	command.Env = append(slices.Clone(os.Environ()),
		"OPA="+programs.Path(t, "opa"), "ENVOY="+programs.Path(t, "envoy"), "CILIUM_POLICY="+programs.Path(t, "cilium-policy"))
	command.Env = append(command.Env, settings...)
	printed, _ := command.CombinedOutput()
	content, err := os.ReadFile(said)
	if err != nil {
		t.Fatalf("jest said nothing: %s", printed)
	}
	var found results
	if err := json.Unmarshal(content, &found); err != nil {
		t.Fatal(err)
	}
	if len(found.TestResults) == 0 {
		t.Fatalf("no test ran: %s", printed)
	}
	for _, file := range found.TestResults {
		if len(file.AssertionResults) == 0 {
			t.Fatalf("%s: %s", file.Name, file.Message)
		}
	}
	return found
}
