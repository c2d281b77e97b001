package sidecar

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"testing"
	"time"

	"cdk8s-spiffe.dev/conformance/internal/envoy"
)

// XFCC is the header in which a proxy says who called.
const XFCC = "X-Forwarded-Client-Cert"

// ServeApplication answers 200 to everything that the proxy lets through, and says who the proxy said it was.
func (p *Pod) ServeApplication(t testing.TB) {
	t.Helper()
	for _, port := range p.ApplicationPorts {
		serve(t, fmt.Sprintf("%s:%d", p.Address, port), http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
			envoy.Reached(writer)
			fmt.Fprint(writer, request.Header.Get(XFCC))
		}))
	}
}

func serve(t testing.TB, address string, handler http.Handler) {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatalf("%s is taken: %v", address, err)
	}
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
}

// Call is what the application of a pod sends to another, through both proxies.
func (p *Pod) Call(other *Pod, method, path string, headers map[string]string) (verdict, seen string) {
	port, found := p.Upstreams[other.ID]
	if !found {
		return envoy.NoListener, "no upstream"
	}
	return send(&http.Transport{DisableKeepAlives: true}, "http", fmt.Sprintf("%s:%d", p.Address, port), method, path, headers)
}

// Knock is a call on a new connection of its own, with a certificate or none, past the caller's proxy.
func (p *Pod) Knock(port int, certificate *tls.Certificate, method, path string) (verdict, seen string) {
	config := &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}
	if certificate != nil {
		config.Certificates = []tls.Certificate{*certificate}
	}
	return send(&http.Transport{DisableKeepAlives: true, TLSClientConfig: config}, "https", fmt.Sprintf("%s:%d", p.Address, port), method, path, nil)
}

// Plain is the same without TLS.
func (p *Pod) Plain(port int) (verdict, seen string) {
	return send(&http.Transport{DisableKeepAlives: true}, "http", fmt.Sprintf("%s:%d", p.Address, port), http.MethodGet, "/", nil)
}

func send(transport *http.Transport, scheme, host, method, path string, headers map[string]string) (verdict, seen string) {
	request := &http.Request{Method: method, URL: &url.URL{Scheme: scheme, Host: host, Opaque: "//" + host + path}, Header: http.Header{}, Host: host}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	response, err := (&http.Client{Transport: transport, Timeout: 10 * time.Second}).Do(request)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return envoy.NoListener, err.Error()
	}
	if err != nil {
		return envoy.Refused, err.Error()
	}
	return envoy.Answer(response)
}

// Metrics is the page that Prometheus scrapes.
func (p *Pod) Metrics(t testing.TB) string {
	t.Helper()
	response, err := http.Get(fmt.Sprintf("http://%s:15021/stats/prometheus", p.Address))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	return string(body)
}
