package envoy

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// Call is one request on a new connection.
type Call struct {
	// ListenPort is where the test's Envoy listens; Destination what the connection was meant for (it travels in a PROXY header, in the
	// place of the kernel's original destination).
	ListenPort  int
	Destination string
	Port        int
	// Certificate is nil for plaintext, and for TLS with Roots.
	Certificate *tls.Certificate
	// Roots are whom the caller trusts to certify the SNI; nil is everybody.
	Roots   *x509.CertPool
	SNI     string
	ALPN    []string
	Method  string
	Host    string
	Path    string
	Headers map[string]string
}

// Backend answers 200 to everything, and says that it was asked.
func Backend(t testing.TB) int {
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		Reached(writer)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().(*net.TCPAddr).Port
}

// Do returns the verdict and what was seen.
func (c Call) Do() (verdict, seen string) {
	connection, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", c.ListenPort), 5*time.Second)
	if err != nil {
		return NoListener, err.Error()
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(10 * time.Second))
	fmt.Fprintf(connection, "PROXY TCP4 10.244.255.9 %s 40000 %d\r\n", c.Destination, c.Port)
	stream := connection
	if c.Certificate != nil || c.Roots != nil {
		config := &tls.Config{InsecureSkipVerify: c.Roots == nil, RootCAs: c.Roots, ServerName: c.SNI, NextProtos: c.ALPN, MinVersion: tls.VersionTLS12}
		if c.Certificate != nil {
			config.Certificates = []tls.Certificate{*c.Certificate}
		}
		secured := tls.Client(connection, config)
		if err := secured.Handshake(); err != nil {
			if doubt := (&tls.CertificateVerificationError{}); errors.As(err, &doubt) {
				return Untrusted, err.Error()
			}
			return Refused, err.Error()
		}
		stream = secured
	}
	request := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n", c.Method, c.Path, c.Host)
	for name, value := range c.Headers {
		request += name + ": " + value + "\r\n"
	}
	if c.Method != http.MethodGet && c.Method != http.MethodHead {
		request += "Content-Length: 0\r\n"
	}
	if _, err := io.WriteString(stream, request+"\r\n"); err != nil {
		return Refused, err.Error()
	}
	response, err := http.ReadResponse(bufio.NewReader(stream), nil)
	if err != nil {
		return Refused, err.Error()
	}
	return Answer(response)
}

// ServerCertificate is what a listener shows to a caller.
func ServerCertificate(listenPort int, destination string, port int, certificate tls.Certificate) (*x509.Certificate, error) {
	connection, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", listenPort), 5*time.Second)
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(5 * time.Second))
	fmt.Fprintf(connection, "PROXY TCP4 10.244.255.9 %s 40000 %d\r\n", destination, port)
	secured := tls.Client(connection, &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	if err := secured.Handshake(); err != nil {
		return nil, err
	}
	return secured.ConnectionState().PeerCertificates[0], nil
}
