package verdicts

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

const (
	socketVolume = "workload-socket"
	socketPath   = "/var/run/secrets/workload-spiffe-uds"
)

// One volume of that name, of type CSI only, read-only, mounted once by the proxy.
func socketProblems(pod corev1.PodSpec) []string {
	var problems []string
	var found []corev1.Volume
	for _, volume := range pod.Volumes {
		if volume.Name == socketVolume {
			found = append(found, volume)
		}
	}
	if len(found) != 1 {
		return []string{fmt.Sprintf("%d volumes named %s, want 1", len(found), socketVolume)}
	}
	source := found[0].VolumeSource
	switch {
	case source.CSI == nil:
		problems = append(problems, "the socket volume is not CSI")
	case source.EmptyDir != nil:
		problems = append(problems, "the socket volume has two sources: csi and emptyDir")
	case source.CSI.Driver != "csi.spiffe.io":
		problems = append(problems, "the socket volume's driver is "+source.CSI.Driver)
	case source.CSI.ReadOnly == nil || !*source.CSI.ReadOnly:
		problems = append(problems, "the socket volume is writable: the SPIFFE CSI driver refuses it")
	}
	proxies, mounts := 0, 0
	for _, list := range [][]corev1.Container{pod.InitContainers, pod.Containers} {
		for _, container := range list {
			if container.Image == "" {
				problems = append(problems, "container "+container.Name+" has no image")
			}
			if container.Name != "istio-proxy" {
				continue
			}
			proxies++
			for _, mount := range container.VolumeMounts {
				if mount.Name == socketVolume {
					mounts++
					if mount.MountPath != socketPath {
						problems = append(problems, "the socket is mounted at "+mount.MountPath)
					}
				}
			}
		}
	}
	if proxies != 1 {
		problems = append(problems, fmt.Sprintf("%d containers named istio-proxy, want 1", proxies))
	}
	if mounts != 1 {
		problems = append(problems, fmt.Sprintf("the proxy mounts the socket %d times, want once", mounts))
	}
	return problems
}
