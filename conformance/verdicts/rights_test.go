package verdicts

// No program of ours may ever do this, whatever it is.
var never = join(
	rights("", "secrets", "get", "list", "watch", "create", "update", "patch", "delete"),
	rights("", "pods", "create", "update", "patch", "delete"),
	rights("", "pods/exec", "create"), rights("", "pods/attach", "create"), rights("", "pods/ephemeralcontainers", "patch"),
	// it runs commands in containers, too; kubelets take nodes/pods for what the agent asks
	rights("", "nodes/proxy", "get", "create"), rights("", "nodes", "update", "patch"),
	rights("", "serviceaccounts/token", "create"), rights("", "serviceaccounts", "create", "impersonate"),
	rights("", "users", "impersonate"), rights("", "groups", "impersonate"),
	rights("", "namespaces", "create", "update", "patch", "delete"),
	rights("", "configmaps", "delete", "list", "update"),
	rights("apps", "deployments", "create", "patch"), rights("apps", "daemonsets", "create", "patch"), rights("batch", "jobs", "create"),
	rights("rbac.authorization.k8s.io", "clusterroles", "create", "patch", "bind", "escalate"),
	rights("rbac.authorization.k8s.io", "clusterrolebindings", "create", "patch"),
	rights("rbac.authorization.k8s.io", "roles", "create", "patch", "bind", "escalate"),
	rights("rbac.authorization.k8s.io", "rolebindings", "create", "patch"),
	rights("certificates.k8s.io", "certificatesigningrequests", "create", "approve"),
	rights("admissionregistration.k8s.io", "validatingwebhookconfigurations", "create", "delete"),
	rights("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "create", "patch"),
	rights(spireGroup, "clusterspiffeids", "create", "update", "patch", "delete"),
	rights(spireGroup, "clusterstaticentries", "create", "update", "patch", "delete"),
	rights("security.istio.io", "authorizationpolicies", "create", "patch", "delete"),
	rights("*", "*", "*"),
)

// Every authenticated account has these from the API server itself.
var basics = map[right]bool{
	{group: "authorization.k8s.io", resource: "selfsubjectaccessreviews", verb: "create"}: true,
	{group: "authorization.k8s.io", resource: "selfsubjectrulesreviews", verb: "create"}:  true,
	{group: "authentication.k8s.io", resource: "selfsubjectreviews", verb: "create"}:      true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "get"}:          true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "list"}:         true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "watch"}:        true,
}

// The same for paths, to get.
var basicPaths = map[string]bool{
	"/api": true, "/api/*": true, "/apis": true, "/apis/*": true, "/openapi": true, "/openapi/*": true, "/version": true, "/version/": true,
	"/healthz": true, "/livez": true, "/readyz": true, "/openid/v1/jwks": true, "/openid/v1/jwks/": true,
	"/.well-known/openid-configuration": true, "/.well-known/openid-configuration/": true,
}
