import { REGO_PACKAGE } from '../envoy/opa-decision';

/**
 * The document below which statements are found: by SPIFFE ID of the called workload, then by its port.
 */
export const REGO_DATA = 'spiffe_access';

/**
 * The policy: it does not change, statements are data. Rego v1, for OPA 1.0 and later.
 *
 * It asks for the principals that Envoy took from the certificates, never for a header, which callers could write themselves.
 */
export const ACCESS_REGO = `# Who may call whom: the statements are in data.${REGO_DATA}. What none of them allows is denied.
package ${REGO_PACKAGE}

default allow := false

allow if {
	some statement in about
	statement.action == "allow"
	not statement.audit_only
	not denied
}

denied if {
	some statement in about
	statement.action == "deny"
	not statement.audit_only
}

# Statements whose requests are marked, for the decision log.
audited contains statement.id if {
	some statement in about
	statement.action == "audit"
}

# Statements that are not in force, for the decision log.
watched contains statement.id if {
	some statement in about
	statement.audit_only
}

about contains statement if {
	some statement in data.${REGO_DATA}[called][port]
	caller_matches(statement)
	request_matches(statement)
}

called := input.attributes.destination.principal

caller := input.attributes.source.principal

port := format_int(input.attributes.destination.address.socketAddress.portValue, 10)

http := input.attributes.request.http

# without query and fragment, which Envoy's policies do not look at either
path := split(split(http.path, "?")[0], "#")[0]

host := trim_suffix(split(lower(http.host), ":")[0], ".")

# Envoy's jwt_authn filter verified it; ext_authz hands it on with metadata_context_namespaces.
claims := input.attributes.metadataContext.filterMetadata["envoy.filters.http.jwt_authn"].payload

caller_matches(statement) if statement.caller.exact == caller

caller_matches(statement) if startswith(caller, statement.caller.prefix)

request_matches(statement) if {
	not http.method
	not statement.http_only
}

# what is not HTTP shows none of the limits of a denial, so that each of them holds
request_matches(statement) if {
	not http.method
	statement.action == "deny"
}

request_matches(statement) if {
	http.method
	method_matches(statement)
	path_matches(statement)
	host_matches(statement)
	claims_match(statement)
}

method_matches(statement) if not statement.methods

method_matches(statement) if http.method in statement.methods

path_matches(statement) if not statement.paths

path_matches(statement) if {
	some pattern in statement.paths
	is_path(pattern)
}

is_path(pattern) if pattern.exact == path

is_path(pattern) if startswith(path, pattern.prefix)

is_path(pattern) if endswith(path, pattern.suffix)

is_path(pattern) if regex.match(pattern.regex, path)

host_matches(statement) if not statement.hosts

host_matches(statement) if host in statement.hosts

claims_match(statement) if not statement.claims

claims_match(statement) if {
	every name, values in statement.claims {
		some value in claim_values(name)
		value in values
	}
}

spaced := {"permission", "scope"}

claim_values(name) := split(claims[name], " ") if {
	name in spaced
	is_string(claims[name])
}

claim_values(name) := [claims[name]] if {
	not name in spaced
	is_string(claims[name])
}

claim_values(name) := claims[name] if is_array(claims[name])
`;
