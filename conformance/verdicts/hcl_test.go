package verdicts

import (
	"testing"

	"github.com/hashicorp/hcl"
)

// A block is the body of one in SPIRE's configuration, read by the parser that SPIRE uses.
type block map[string]any

func parseHCL(t *testing.T, text string) block {
	t.Helper()
	var file map[string]any
	if err := hcl.Decode(&file, text); err != nil {
		t.Fatal(err)
	}
	return file
}

// body is what is below a key, however often the key is written.
func (b block) body(key string) block {
	all := block{}
	list, _ := b[key].([]map[string]any)
	for _, one := range list {
		for name, value := range one {
			if before, found := all[name].([]map[string]any); found {
				if more, is := value.([]map[string]any); is {
					value = append(append([]map[string]any{}, before...), more...)
				}
			}
			all[name] = value
		}
	}
	return all
}

// plugin is the data of a plugin.
func (b block) plugin(kind, name string) (data block, found bool) {
	plugins := b.body("plugins").body(kind)
	_, found = plugins[name]
	return plugins.body(name).body("plugin_data"), found
}

// clusters are those of a plugin that is told about each cluster.
func (b block) clusters(kind, name string) map[string]block {
	found := map[string]block{}
	data, _ := b.plugin(kind, name)
	for cluster := range data.body("clusters") {
		found[cluster] = data.body("clusters").body(cluster)
	}
	return found
}
