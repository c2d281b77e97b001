package envoy

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// Outside stands in for all that a proxy sends its calls to when they leave the mesh: egress gateways, and hosts themselves. It answers with who
// was reached, by whom, and under which name.
type Outside struct {
	authority *Authority
	// shown is the identity that gateways prove
	shown atomic.Value
}

func NewOutside(authority *Authority) *Outside { return &Outside{authority: authority} }

// Show is the identity that gateways prove from now on.
func (o *Outside) Show(id string) { o.shown.Store(id) }

const startOfTLS = 0x16

// Gateway takes mutual TLS of the mesh, and inside of it what the application of the caller sent.
func (o *Outside) Gateway(t testing.TB, name string) int {
	t.Helper()
	return o.serve(t, func(connection net.Conn) (net.Conn, string, error) {
		secured := tls.Server(connection, &tls.Config{
			MinVersion: tls.VersionTLS12, ClientAuth: tls.RequireAnyClientCert,
			GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
				certificate, err := o.authority.Issue(o.shown.Load().(string))
				return &certificate, err
			},
		})
		if err := secured.Handshake(); err != nil {
			return nil, "", err
		}
		state := secured.ConnectionState()
		return secured, fmt.Sprintf("through %s as %s under %s", name, state.PeerCertificates[0].URIs[0], state.ServerName), nil
	})
}

// Hosts are reached without a gateway.
func (o *Outside) Hosts(t testing.TB) int {
	t.Helper()
	return o.serve(t, func(connection net.Conn) (net.Conn, string, error) { return connection, "directly", nil })
}

type reachedKey struct{}

// reached is a connection of which it is known how it came.
type reached struct {
	net.Conn
	reader *bufio.Reader
	way    string
}

func (r *reached) Read(into []byte) (int, error) { return r.reader.Read(into) }

func (o *Outside) serve(t testing.TB, arrive func(net.Conn) (net.Conn, string, error)) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	arrived := &arrivals{Listener: listener, connections: make(chan net.Conn), ended: make(chan struct{})}
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	// proxies know without ALPN that the gateway speaks it
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{
		Protocols: protocols,
		ConnContext: func(ctx context.Context, connection net.Conn) context.Context {
			return context.WithValue(ctx, reachedKey{}, connection)
		},
		Handler: http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
			Reached(writer)
			fmt.Fprint(writer, request.Context().Value(reachedKey{}).(*reached).way)
		}),
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_ = connection.SetDeadline(time.Now().Add(10 * time.Second))
				came, err := o.arrival(connection, arrive)
				if err != nil {
					connection.Close()
					return
				}
				select {
				case arrived.connections <- came:
				case <-arrived.ended:
				}
			}()
		}
	}()
	go func() { _ = server.Serve(arrived) }()
	t.Cleanup(func() { server.Close() })
	return listener.Addr().(*net.TCPAddr).Port
}

// arrival is the connection without the TLS of the mesh, and without that of the application, for which the host has a certificate.
func (o *Outside) arrival(connection net.Conn, arrive func(net.Conn) (net.Conn, string, error)) (net.Conn, error) {
	inner, way, err := arrive(connection)
	if err != nil {
		return nil, err
	}
	came := &reached{Conn: inner, reader: bufio.NewReader(inner), way: way}
	first, err := came.reader.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] != startOfTLS {
		came.way += " in plaintext"
		return came, nil
	}
	host := tls.Server(came, &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			certificate, err := o.authority.IssueServer(hello.ServerName)
			return &certificate, err
		},
	})
	if err := host.Handshake(); err != nil {
		return nil, err
	}
	return &reached{Conn: host, reader: bufio.NewReader(host), way: way + " in its own TLS"}, nil
}

// arrivals is a listener of connections whose TLS has ended already.
type arrivals struct {
	net.Listener
	connections chan net.Conn
	ended       chan struct{}
}

func (a *arrivals) Accept() (net.Conn, error) {
	select {
	case connection := <-a.connections:
		return connection, nil
	case <-a.ended:
		return nil, net.ErrClosed
	}
}

func (a *arrivals) Close() error {
	close(a.ended)
	return a.Listener.Close()
}
