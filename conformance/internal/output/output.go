// Package output finds what the library writes: every example's and preset's dist folder, as clusters, stages, objects and artifacts.
package output

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Object is one YAML document of a stage, with its bytes as written: the API server itself shall judge them.
type Object struct {
	*unstructured.Unstructured
	Raw  []byte
	File string
}

func (o Object) String() string {
	name := o.GetName()
	if o.GetNamespace() != "" {
		name = o.GetNamespace() + "/" + name
	}
	return fmt.Sprintf("%s %s (%s)", o.GetKind(), name, o.File)
}

type Stage struct {
	Name    string
	Files   []string
	Objects []Object
}

// Cluster is one <example>/dist/<cluster> folder.
type Cluster struct {
	Example string
	Name    string
	Dir     string
	Stages  []Stage
}

func (c Cluster) String() string { return c.Example + "/" + c.Name }

func (c Cluster) Objects() []Object {
	var all []Object
	for _, stage := range c.Stages {
		all = append(all, stage.Objects...)
	}
	return all
}

func (c Cluster) Files() []string {
	var all []string
	for _, stage := range c.Stages {
		all = append(all, stage.Files...)
	}
	return all
}

// Artifact returns the path of a file in the cluster's artifacts folder, or "" where the output has none of that name.
func (c Cluster) Artifact(name string) string {
	path := filepath.Join(c.Dir, "artifacts", name)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// ModuleDir is the conformance folder, Root the project that holds it.
func ModuleDir() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			panic("no go.mod above the working directory: run inside conformance/")
		}
		dir = parent
	}
}

func Root() string { return filepath.Dir(ModuleDir()) }

// Folders that may hold dist folders; what is found in them decides what is judged.
var patterns = []string{"examples/*/dist", "conformance/.readme/*/dist", "conformance/testdata/*/dist"}

// Clusters walks the output. No output of an example at all is an error: a run over nothing proves nothing.
func Clusters() ([]Cluster, error) {
	var clusters []Cluster
	for _, pattern := range patterns {
		dists, err := filepath.Glob(filepath.Join(Root(), pattern))
		if err != nil {
			return nil, err
		}
		for _, dist := range dists {
			found, err := readDist(dist)
			if err != nil {
				return nil, err
			}
			clusters = append(clusters, found...)
		}
	}
	if len(clusters) == 0 {
		return nil, errors.New("no dist folder found: synthesize the examples first (conformance/run does)")
	}
	return clusters, nil
}

func readDist(dist string) ([]Cluster, error) {
	entries, err := os.ReadDir(dist)
	if err != nil {
		return nil, err
	}
	var clusters []Cluster
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		cluster, err := ReadCluster(filepath.Join(dist, entry.Name()))
		if err != nil {
			return nil, err
		}
		if len(cluster.Stages) == 0 {
			continue
		}
		cluster.Example = filepath.Base(filepath.Dir(dist))
		clusters = append(clusters, cluster)
	}
	return clusters, nil
}

// ReadCluster reads every folder with *.k8s.yaml files as a stage, in the order of their names.
func ReadCluster(dir string) (Cluster, error) {
	cluster := Cluster{Name: filepath.Base(dir), Dir: dir}
	folders, err := os.ReadDir(dir)
	if err != nil {
		return cluster, err
	}
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(dir, folder.Name(), "*.k8s.yaml"))
		if err != nil {
			return cluster, err
		}
		if len(files) == 0 {
			continue
		}
		sort.Strings(files)
		stage := Stage{Name: folder.Name(), Files: files}
		for _, file := range files {
			objects, err := ReadFile(file)
			if err != nil {
				return cluster, err
			}
			stage.Objects = append(stage.Objects, objects...)
		}
		cluster.Stages = append(cluster.Stages, stage)
	}
	return cluster, nil
}

func ReadFile(path string) ([]Object, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	shown, err := filepath.Rel(Root(), path)
	if err != nil || strings.HasPrefix(shown, "..") {
		shown = filepath.Base(path)
	}
	return Parse(content, shown)
}

func Parse(content []byte, file string) ([]Object, error) {
	var objects []Object
	reader := utilyaml.NewYAMLReader(newReader(content))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		value := map[string]any{}
		if err := yaml.UnmarshalStrict(document, &value); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if len(value) == 0 {
			continue
		}
		// numbers as the API machinery wants them: int64 or float64
		jsonBytes, err := yaml.YAMLToJSON(document)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		object := &unstructured.Unstructured{}
		if err := object.UnmarshalJSON(jsonBytes); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if object.IsList() {
			return nil, fmt.Errorf("%s: a List object: write its items as documents", file)
		}
		objects = append(objects, Object{Unstructured: object, Raw: bytes.Clone(document), File: file})
	}
}

func newReader(content []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(content)) }
