package output

import (
	"sort"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// File is a file of another program that travels in a ConfigMap.
type File struct {
	Holder Object
	Name   string
	Text   string
}

func (f File) String() string { return f.Name + " of " + f.Holder.String() }

// Files returns what every ConfigMap carries, in a stable order.
func Files(objects []Object) []File {
	var files []File
	for _, object := range objects {
		if object.GetKind() != "ConfigMap" {
			continue
		}
		data, _, _ := unstructured.NestedStringMap(object.Object, "data")
		var names []string
		for name := range data {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			files = append(files, File{object, name, data[name]})
		}
	}
	return files
}
