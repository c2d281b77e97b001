// Envoy-fields writes src/checks/schemas/envoy/*.ts: the fields of Envoy's configuration, in the notation of src/checks/schemas/messages.ts.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/envoyproxy/protoc-gen-validate/validate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
)

// Width of the lines that are written.
const width = 140

// What a configuration of each file starts from; a message is in the first file that reaches it.
var files = []struct {
	name  string
	roots []string
}{
	{"bootstrap", []string{"envoy.config.bootstrap.v3.Bootstrap"}},
	{"http", httpTypes},
	{"others", otherTypes},
}

func main() {
	folder := filepath.Join("..", "src", "checks", "schemas", "envoy")
	if len(os.Args) > 1 {
		folder = os.Args[1]
	}
	table := &table{numbers: map[protoreflect.FullName]int{}}
	for _, file := range files {
		first := len(table.messages)
		for _, root := range file.roots {
			table.add(find(root))
		}
		if err := os.WriteFile(filepath.Join(folder, file.name+".ts"), []byte(table.text(file.name, first)), 0o644); err != nil {
			panic(err)
		}
	}
}

func find(name string) protoreflect.MessageDescriptor {
	descriptor, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(name))
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err))
	}
	return descriptor.(protoreflect.MessageDescriptor)
}

// A table numbers messages in the order in which they are met.
type table struct {
	numbers  map[protoreflect.FullName]int
	messages []protoreflect.MessageDescriptor
	lines    []string
}

func (t *table) add(message protoreflect.MessageDescriptor) int {
	if number, ok := t.numbers[message.FullName()]; ok {
		return number
	}
	number := len(t.messages)
	t.numbers[message.FullName()] = number
	t.messages = append(t.messages, message)
	t.lines = append(t.lines, "")
	t.lines[number] = t.fields(message)
	return number
}

// Fields outside of alternatives, then those of each alternative after a semicolon, with ! where one must be there.
func (t *table) fields(message protoreflect.MessageDescriptor) string {
	var plain []string
	for i := range message.Fields().Len() {
		if field := message.Fields().Get(i); field.ContainingOneof() == nil || field.ContainingOneof().IsSynthetic() {
			plain = append(plain, t.field(field))
		}
	}
	text := strings.Join(plain, ",")
	for i := range message.Oneofs().Len() {
		oneof := message.Oneofs().Get(i)
		if oneof.IsSynthetic() {
			continue
		}
		var fields []string
		for j := range oneof.Fields().Len() {
			fields = append(fields, t.field(oneof.Fields().Get(j)))
		}
		text += ";"
		if required, _ := proto.GetExtension(oneof.Options(), validate.E_Required).(bool); required {
			text += "!"
		}
		text += strings.Join(fields, ",")
	}
	return text
}

func (t *table) field(field protoreflect.FieldDescriptor) string {
	rules, _ := proto.GetExtension(field.Options(), validate.E_Rules).(*validate.FieldRules)
	name := string(field.Name())
	if isRequired(rules) || field.ContainingOneof() == nil && field.Kind() != protoreflect.MessageKind && refusesZero(rules) {
		name += "!"
	}
	switch {
	case field.IsMap():
		return name + ":<" + t.single(field.MapValue(), rules.GetMap().GetValues()) + ">"
	case field.IsList():
		return name + ":[" + t.single(field, rules.GetRepeated().GetItems()) + "]"
	}
	return name + ":" + t.single(field, rules)
}

func isRequired(rules *validate.FieldRules) bool {
	return rules.GetMessage().GetRequired() || rules.GetDuration().GetRequired() || rules.GetAny().GetRequired() || rules.GetTimestamp().GetRequired() ||
		!rules.GetString_().GetIgnoreEmpty() && (rules.GetString_().GetMinLen() > 0 || rules.GetString_().GetMinBytes() > 0) ||
		rules.GetBytes().GetMinLen() > 0 || rules.GetRepeated().GetMinItems() > 0 && !rules.GetRepeated().GetIgnoreEmpty()
}

// Whether a number or a word that is absent is refused, as it stands for zero.
func refusesZero(rules *validate.FieldRules) bool {
	for _, word := range rules.GetEnum().GetNotIn() {
		if word == 0 {
			return true
		}
	}
	number := rules.GetUint32()
	return number != nil && !number.GetIgnoreEmpty() && (number.Gt != nil || number.GetGte() > 0)
}

func (t *table) single(field protoreflect.FieldDescriptor, rules *validate.FieldRules) string {
	switch field.Kind() {
	case protoreflect.MessageKind:
		return t.message(field.Message(), rules)
	case protoreflect.EnumKind:
		return enum(field.Enum())
	}
	return scalar(field.Kind()) + limits(rules)
}

func scalar(kind protoreflect.Kind) string {
	switch kind {
	case protoreflect.StringKind:
		return "s"
	case protoreflect.BytesKind:
		return "y"
	case protoreflect.BoolKind:
		return "b"
	case protoreflect.FloatKind, protoreflect.DoubleKind:
		return "n"
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return "u"
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return "U"
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return "i"
	}
	return "I"
}

// Messages that JSON writes in a form of their own.
var wellKnown = map[protoreflect.FullName]string{
	"google.protobuf.Any": "A", "google.protobuf.Duration": "d", "google.protobuf.Timestamp": "t", "google.protobuf.FieldMask": "s",
	"google.protobuf.Struct": "<*>", "google.protobuf.Value": "*", "google.protobuf.ListValue": "[*]",
	"google.protobuf.BoolValue": "wb", "google.protobuf.StringValue": "ws", "google.protobuf.BytesValue": "wy",
	"google.protobuf.DoubleValue": "wn", "google.protobuf.FloatValue": "wn", "google.protobuf.UInt32Value": "wu", "google.protobuf.UInt64Value": "wU",
	"google.protobuf.Int32Value": "wi", "google.protobuf.Int64Value": "wI",
	// written by programs
	"google.api.expr.v1alpha1.Expr": "<*>", "google.api.expr.v1alpha1.CheckedExpr": "<*>", "google.api.expr.v1alpha1.ParsedExpr": "<*>",
	"cel.expr.CheckedExpr": "<*>", "cel.expr.ParsedExpr": "<*>",
}

func (t *table) message(message protoreflect.MessageDescriptor, rules *validate.FieldRules) string {
	if text, ok := wellKnown[message.FullName()]; ok {
		if text == "d" && rules.GetDuration().GetGt() != nil {
			return "D"
		}
		return text + limits(rules)
	}
	return fmt.Sprintf("@%d", t.add(message))
}

func enum(enum protoreflect.EnumDescriptor) string {
	if enum.FullName() == "google.protobuf.NullValue" {
		return "*"
	}
	var names []string
	for i := range enum.Values().Len() {
		names = append(names, string(enum.Values().Get(i).Name()))
	}
	return "(" + strings.Join(names, "|") + ")"
}

// The smallest and the greatest number that is taken, as 1~65535.
func limits(rules *validate.FieldRules) string {
	switch {
	case rules.GetUint32() != nil:
		return span(rules.GetUint32().Gt, rules.GetUint32().Gte, rules.GetUint32().Lt, rules.GetUint32().Lte)
	case rules.GetUint64() != nil:
		return span(rules.GetUint64().Gt, rules.GetUint64().Gte, rules.GetUint64().Lt, rules.GetUint64().Lte)
	case rules.GetInt32() != nil:
		return span(rules.GetInt32().Gt, rules.GetInt32().Gte, rules.GetInt32().Lt, rules.GetInt32().Lte)
	case rules.GetInt64() != nil:
		return span(rules.GetInt64().Gt, rules.GetInt64().Gte, rules.GetInt64().Lt, rules.GetInt64().Lte)
	case rules.GetDouble() != nil:
		return span(nil, rules.GetDouble().Gte, nil, rules.GetDouble().Lte)
	}
	return ""
}

func span[T uint32 | uint64 | int32 | int64 | float64](gt, gte, lt, lte *T) string {
	var low, high string
	if gt != nil {
		low = fmt.Sprint(*gt + 1)
	} else if gte != nil && *gte != 0 {
		low = fmt.Sprint(*gte)
	}
	if lt != nil {
		high = fmt.Sprint(*lt - 1)
	} else if lte != nil {
		high = fmt.Sprint(*lte)
	}
	if low == "" && high == "" {
		return ""
	}
	return low + "~" + high
}

func (t *table) text(name string, first int) string {
	var lines []string
	for i := first; i < len(t.messages); i++ {
		lines = append(lines, string(t.messages[i].FullName())+"="+t.lines[i])
	}
	return "// written by conformance/cmd/envoy-fields out of the descriptors of Envoy's API\n\n" +
		fmt.Sprintf("export const %s =\n  %s;\n", strings.ToUpper(name), literal(strings.Join(lines, "\n")+"\n"))
}

// A string literal over as many lines as it needs.
func literal(text string) string {
	text = strings.ReplaceAll(text, "\n", "\\n")
	var parts []string
	for len(text) > 0 {
		end := min(len(text), width-8)
		if end < len(text) && text[end-1] == '\\' {
			end--
		}
		parts = append(parts, "'"+text[:end]+"'")
		text = text[end:]
	}
	return strings.Join(parts, " +\n  ")
}
