/** Whether Kubernetes itself brings a role along. */
export function isBuiltInRole(name: string): boolean {
  return BUILT_IN.test(name);
}

const BUILT_IN = /^(system:|kubeadm:|extension-apiserver-|cluster-admin$|admin$|edit$|view$)/;
