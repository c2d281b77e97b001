// Package node stands in for a kubelet and a container runtime: it mounts what a pod asks for and starts the programs of its containers with
// the pod's user and without capabilities, in the pod's own control group. It needs to be root in mount and network namespaces of its own.
package node

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
)

const (
	Name    = "node-1"
	Address = "127.0.0.1"
)

type Node struct {
	server *cluster.Server
	dir    string
	// CSI is the host's folder that a driver mounts, by the driver's name.
	CSI map[string]string
	// Programs are the images' binaries and what their entrypoint adds, by the last part of the image's name.
	Programs map[string][]string
	pods     int
}

func Start(t testing.TB, server *cluster.Server) *Node {
	t.Helper()
	node := &Node{server: server, dir: t.TempDir(), CSI: map[string]string{}, Programs: map[string][]string{}}
	// pods run as other users
	for dir := node.dir; len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
		check(t, os.Chmod(dir, 0o755))
	}
	object := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: Name}}
	_, err := server.Client.CoreV1().Nodes().Create(context.Background(), object, metav1.CreateOptions{})
	check(t, err)
	certificate, key := server.CA.Issue(t, "kubelet", Address)
	kubelet := &http.Server{Addr: Address + ":10250", Handler: http.HandlerFunc(node.listPods)}
	go func() { _ = kubelet.ListenAndServeTLS(certificate, key) }()
	t.Cleanup(func() { kubelet.Close() })
	namespaces, err := server.Client.CoreV1().Namespaces().List(context.Background(), metav1.ListOptions{})
	check(t, err)
	for _, namespace := range namespaces.Items {
		root := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "kube-root-ca.crt", Namespace: namespace.Name}, Data: map[string]string{"ca.crt": server.CA.PEM}}
		_, err := server.Client.CoreV1().ConfigMaps(namespace.Name).Create(context.Background(), root, metav1.CreateOptions{})
		check(t, err)
	}
	return node
}

// The kubelet's own API asks the API server who calls and whether he may, as a real one does.
func (n *Node) listPods(writer http.ResponseWriter, request *http.Request) {
	ctx := context.Background()
	token := strings.TrimPrefix(request.Header.Get("Authorization"), "Bearer ")
	who, err := n.server.Client.AuthenticationV1().TokenReviews().Create(ctx,
		&authenticationv1.TokenReview{Spec: authenticationv1.TokenReviewSpec{Token: token}}, metav1.CreateOptions{})
	if err != nil || !who.Status.Authenticated {
		http.Error(writer, "unauthorized", http.StatusUnauthorized)
		return
	}
	for _, subresource := range []string{"pods", "proxy"} {
		answer, err := n.server.Client.AuthorizationV1().SubjectAccessReviews().Create(ctx, &authorizationv1.SubjectAccessReview{
			Spec: authorizationv1.SubjectAccessReviewSpec{User: who.Status.User.Username, Groups: who.Status.User.Groups,
				ResourceAttributes: &authorizationv1.ResourceAttributes{Resource: "nodes", Subresource: subresource, Name: Name, Verb: "get"}},
		}, metav1.CreateOptions{})
		if err == nil && answer.Status.Allowed {
			list, err := n.server.Client.CoreV1().Pods("").List(ctx, metav1.ListOptions{FieldSelector: "spec.nodeName=" + Name})
			if err == nil {
				_ = json.NewEncoder(writer).Encode(list)
				return
			}
		}
	}
	http.Error(writer, "forbidden", http.StatusForbidden)
}

// Pod is a pod on this node, its volumes mounted.
type Pod struct {
	*corev1.Pod
	node    *Node
	volumes map[string]string
	group   string
}

// Run stores the pod and starts those of its containers whose programs are known.
func (n *Node) Run(t testing.TB, template *corev1.Pod) (*Pod, map[string]*cluster.Process) {
	t.Helper()
	ctx := context.Background()
	wanted := template.DeepCopy()
	wanted.Spec.NodeName = Name
	stored, err := n.server.Client.CoreV1().Pods(wanted.Namespace).Create(ctx, wanted, metav1.CreateOptions{})
	check(t, err)
	n.pods++
	ip := fmt.Sprintf("10.244.9.%d", n.pods)
	stored.Status = corev1.PodStatus{
		Phase: corev1.PodRunning, HostIP: Address, PodIP: ip, PodIPs: []corev1.PodIP{{IP: ip}},
		Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
	}
	stored, err = n.server.Client.CoreV1().Pods(stored.Namespace).UpdateStatus(ctx, stored, metav1.UpdateOptions{})
	check(t, err)
	pod := &Pod{Pod: stored, node: n, volumes: map[string]string{}}
	pod.group = filepath.Join(groupRoot(), "kubepods", "pod"+string(stored.UID), strings.Repeat("0123456789abcdef", 4))
	check(t, os.MkdirAll(pod.group, 0o755))
	t.Cleanup(func() {
		for dir := pod.group; filepath.Base(dir) != "kubepods"; dir = filepath.Dir(dir) {
			_ = os.Remove(dir)
		}
		_ = os.Remove(filepath.Join(groupRoot(), "kubepods"))
	})
	processes := map[string]*cluster.Process{}
	for _, container := range stored.Spec.Containers {
		image, _, _ := strings.Cut(filepath.Base(container.Image), ":")
		if program, known := n.Programs[image]; known {
			processes[container.Name] = pod.Start(t, container, append(append([]string{}, program...), container.Args...))
		}
	}
	return pod, processes
}

// The unified hierarchy, alone or beside the older ones.
func groupRoot() string {
	if _, err := os.Stat("/sys/fs/cgroup/unified"); err == nil {
		return "/sys/fs/cgroup/unified"
	}
	return "/sys/fs/cgroup"
}

// Start runs a command as the container: its mounts, user, environment; no capability; the pod's control group.
func (p *Pod) Start(t testing.TB, container corev1.Container, command []string) *cluster.Process {
	t.Helper()
	script := []string{"set -e", "mount --make-rprivate /", fmt.Sprintf("echo $$ > '%s/cgroup.procs'", p.group)}
	mounts := slices.Clone(container.VolumeMounts)
	// the volumes themselves are kept below /tmp, and so may be the program
	slices.SortStableFunc(mounts, func(a, b corev1.VolumeMount) int { return strings.Compare(hides(a), hides(b)) })
	command = slices.Clone(command)
	if strings.HasPrefix(command[0], os.TempDir()+"/") {
		script = append(script, fmt.Sprintf("touch /run/program; mount --bind '%s' /run/program", command[0]))
		command[0] = "/run/program"
	}
	for _, mount := range mounts {
		script = append(script, fmt.Sprintf("mkdir -p '%[2]s'; mount --bind '%[1]s' '%[2]s'", p.volume(t, mount.Name), mount.MountPath))
	}
	user, group := p.identity(container)
	script = append(script, fmt.Sprintf("exec setpriv --reuid=%d --regid=%d --groups=%d --inh-caps=-all --bounding-set=-all \"$@\"", user, group, p.fsGroup(group)))
	arguments := append([]string{"-c", strings.Join(script, "\n"), "sh"}, command...)
	environment := []string{"KUBERNETES_SERVICE_HOST=127.0.0.1", "KUBERNETES_SERVICE_PORT=" + strconv.Itoa(p.node.server.Port)}
	for _, variable := range container.Env {
		environment = append(environment, variable.Name+"="+p.value(variable))
	}
	return cluster.LaunchIn(t, p.node.dir, syscall.CLONE_NEWNS, environment, "/bin/sh", arguments...)
}

func hides(mount corev1.VolumeMount) string {
	if strings.HasPrefix(os.TempDir()+"/", mount.MountPath+"/") {
		return "last"
	}
	return "first"
}

// Mounted when first asked for: a proxy's pod has volumes that only its agent would use.
func (p *Pod) volume(t testing.TB, name string) string {
	t.Helper()
	for _, volume := range p.Spec.Volumes {
		if volume.Name == name && p.volumes[name] == "" {
			p.volumes[name] = p.node.volume(t, p.Pod, volume)
		}
	}
	return p.volumes[name]
}

func (p *Pod) value(variable corev1.EnvVar) string {
	if variable.ValueFrom == nil || variable.ValueFrom.FieldRef == nil {
		return variable.Value
	}
	return map[string]string{
		"status.hostIP": Address, "status.podIP": p.Status.PodIP, "spec.nodeName": Name, "metadata.name": p.Name, "metadata.namespace": p.Namespace,
	}[variable.ValueFrom.FieldRef.FieldPath]
}

func (p *Pod) identity(container corev1.Container) (user, group int64) {
	for _, source := range []*int64{podUser(p.Spec.SecurityContext), containerUser(container.SecurityContext)} {
		if source != nil {
			user = *source
		}
	}
	group = user
	if context := p.Spec.SecurityContext; context != nil && context.RunAsGroup != nil {
		group = *context.RunAsGroup
	}
	if context := container.SecurityContext; context != nil && context.RunAsGroup != nil {
		group = *context.RunAsGroup
	}
	return user, group
}

func podUser(context *corev1.PodSecurityContext) *int64 {
	if context == nil {
		return nil
	}
	return context.RunAsUser
}

func containerUser(context *corev1.SecurityContext) *int64 {
	if context == nil {
		return nil
	}
	return context.RunAsUser
}

func (p *Pod) fsGroup(otherwise int64) int64 {
	if p.Spec.SecurityContext != nil && p.Spec.SecurityContext.FSGroup != nil {
		return *p.Spec.SecurityContext.FSGroup
	}
	return otherwise
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
