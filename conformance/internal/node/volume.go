package node

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The folder that is mounted where a container asks for the volume.
func (n *Node) volume(t testing.TB, pod *corev1.Pod, volume corev1.Volume) string {
	t.Helper()
	dir := filepath.Join(n.dir, string(pod.UID), volume.Name)
	check(t, os.MkdirAll(dir, 0o755))
	switch source := volume.VolumeSource; {
	case source.HostPath != nil:
		check(t, os.MkdirAll(source.HostPath.Path, 0o755))
		return source.HostPath.Path
	case source.CSI != nil:
		host, known := n.CSI[source.CSI.Driver]
		if !known {
			t.Fatalf("no CSI driver %s on this node", source.CSI.Driver)
		}
		return host
	case source.ConfigMap != nil:
		n.configMap(t, pod, dir, source.ConfigMap.Name)
	case source.Projected != nil:
		for _, part := range source.Projected.Sources {
			switch {
			case part.ServiceAccountToken != nil:
				n.token(t, pod, filepath.Join(dir, part.ServiceAccountToken.Path), part.ServiceAccountToken.Audience)
			case part.ConfigMap != nil:
				n.configMap(t, pod, dir, part.ConfigMap.Name)
			case part.DownwardAPI != nil:
				save(t, filepath.Join(dir, "namespace"), pod.Namespace, 0o644)
			}
		}
	default:
		// emptyDir and claims belong to the fsGroup
		check(t, os.Chmod(dir, 0o777))
		if context := pod.Spec.SecurityContext; context != nil && context.FSGroup != nil {
			check(t, os.Chown(dir, 0, int(*context.FSGroup)))
			check(t, os.Chmod(dir, os.ModeSetgid|0o775))
		}
	}
	return dir
}

func (n *Node) configMap(t testing.TB, pod *corev1.Pod, dir, name string) {
	t.Helper()
	found, err := n.server.Client.CoreV1().ConfigMaps(pod.Namespace).Get(context.Background(), name, metav1.GetOptions{})
	check(t, err)
	for key, value := range found.Data {
		save(t, filepath.Join(dir, key), value, 0o644)
	}
}

func (n *Node) token(t testing.TB, pod *corev1.Pod, path, audience string) {
	t.Helper()
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		BoundObjectRef: &authenticationv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID},
	}}
	if audience != "" {
		request.Spec.Audiences = []string{audience}
	}
	answer, err := n.server.Client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(context.Background(), pod.Spec.ServiceAccountName, request, metav1.CreateOptions{})
	check(t, err)
	// the kubelet gives the file to the fsGroup, or to the user where all containers have the same
	save(t, path, answer.Status.Token, 0o644)
}

func save(t testing.TB, path, text string, mode os.FileMode) {
	t.Helper()
	check(t, os.WriteFile(path, []byte(text), mode))
	check(t, os.Chmod(path, mode))
}
