package envoy

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// What became of a call.
const (
	Allow           = "allow"
	Deny            = "deny"
	Unauthenticated = "unauthenticated"
	// Refused: no connection on which to answer
	Refused = "refused"
	// NoListener: nobody is there to refuse. It is what the configuration says, and no verdict of Envoy
	NoListener = "no listener"
	// Untrusted: the caller does not believe the certificate that it was shown
	Untrusted = "untrusted"
)

const backendHeader = "X-Conformance-Backend"

// Reached marks an answer as that of the application, not of a proxy before it.
func Reached(writer http.ResponseWriter) { writer.Header().Set(backendHeader, "reached") }

// Answer returns the verdict of an answer and what was seen; it reads and closes it.
func Answer(response *http.Response) (verdict, seen string) {
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	seen = strings.TrimSpace(fmt.Sprintf("%d %s", response.StatusCode, body))
	switch {
	case response.Header.Get(backendHeader) != "":
		return Allow, seen
	case response.StatusCode == http.StatusForbidden:
		return Deny, seen
	case response.StatusCode == http.StatusUnauthorized:
		return Unauthenticated, seen
	case response.StatusCode >= 300 && response.StatusCode < 400:
		return "redirect", seen
	}
	return "status " + fmt.Sprint(response.StatusCode), seen
}
