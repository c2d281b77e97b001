package envoy

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	discoveryv3 "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	secretv3 "github.com/envoyproxy/go-control-plane/envoy/service/secret/v3"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/anypb"
)

// Authority issues X.509-SVIDs and hands them to Envoy over SDS, under the names that Istio asks SPIRE for.
type Authority struct {
	secretv3.UnimplementedSecretDiscoveryServiceServer
	key         *ecdsa.PrivateKey
	certificate *x509.Certificate
	server      string
	Port        int
}

// NewAuthority serves on 127.0.0.1 until the test ends. serverID is the identity that every Envoy gets.
func NewAuthority(t testing.TB, serverID string) *Authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Minute), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	authority := &Authority{key: key, server: serverID}
	if authority.certificate, err = x509.ParseCertificate(raw); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	authority.Port = listener.Addr().(*net.TCPAddr).Port
	authority.serve(t, listener)
	return authority
}

// Socket is where the same secrets are found as a Workload API has them.
func (a *Authority) Socket(t testing.TB) string {
	t.Helper()
	// the test's own folder may be too long for a socket
	folder, err := os.MkdirTemp("", "sds")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	path := filepath.Join(folder, "api.sock")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	a.serve(t, listener)
	return path
}

func (a *Authority) serve(t testing.TB, listener net.Listener) {
	server := grpc.NewServer()
	secretv3.RegisterSecretDiscoveryServiceServer(server, a)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
}

// Issue makes a certificate whose only name is the SPIFFE ID.
func (a *Authority) Issue(id string) (tls.Certificate, error) {
	uri, err := url.Parse(id)
	if err != nil {
		return tls.Certificate{}, err
	}
	return a.sign(&x509.Certificate{URIs: []*url.URL{uri}})
}

// IssueServer makes a certificate for DNS names, as browsers know them.
func (a *Authority) IssueServer(hosts ...string) (tls.Certificate, error) {
	return a.sign(&x509.Certificate{DNSNames: hosts})
}

// Roots is whom a client trusts that trusts this authority alone.
func (a *Authority) Roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

func (a *Authority) sign(template *x509.Certificate) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template.SerialNumber = big.NewInt(time.Now().UnixNano())
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}
	template.BasicConstraintsValid = true
	raw, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}, err
}

func (a *Authority) StreamSecrets(stream secretv3.SecretDiscoveryService_StreamSecretsServer) error {
	for {
		request, err := stream.Recv()
		if err != nil {
			return err
		}
		if request.VersionInfo != "" {
			// an acknowledgement: there is nothing newer
			continue
		}
		response, err := a.FetchSecrets(stream.Context(), request)
		if err != nil {
			return err
		}
		if err := stream.Send(response); err != nil {
			return err
		}
	}
}

func (a *Authority) FetchSecrets(_ context.Context, request *discoveryv3.DiscoveryRequest) (*discoveryv3.DiscoveryResponse, error) {
	response := &discoveryv3.DiscoveryResponse{TypeUrl: request.TypeUrl, VersionInfo: "1", Nonce: "1"}
	for _, name := range request.ResourceNames {
		secret, err := a.secret(name)
		if err != nil {
			return nil, err
		}
		packed, err := anypb.New(secret)
		if err != nil {
			return nil, err
		}
		response.Resources = append(response.Resources, packed)
	}
	return response, nil
}

func (a *Authority) secret(name string) (*tlsv3.Secret, error) {
	if name == "ROOTCA" {
		return &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_ValidationContext{ValidationContext: &tlsv3.CertificateValidationContext{
			TrustedCa: inline(pemBlock("CERTIFICATE", a.certificate.Raw)),
		}}}, nil
	}
	id := a.server
	if strings.HasPrefix(name, "spiffe://") {
		id = name
	} else if name != "default" {
		return nil, fmt.Errorf("no secret %q: SPIRE's agent would refuse the name, too", name)
	}
	certificate, err := a.Issue(id)
	if err != nil {
		return nil, err
	}
	return certificateSecret(name, certificate)
}

func certificateSecret(name string, certificate tls.Certificate) (*tlsv3.Secret, error) {
	key, err := x509.MarshalPKCS8PrivateKey(certificate.PrivateKey)
	if err != nil {
		return nil, err
	}
	return &tlsv3.Secret{Name: name, Type: &tlsv3.Secret_TlsCertificate{TlsCertificate: &tlsv3.TlsCertificate{
		CertificateChain: inline(pemBlock("CERTIFICATE", certificate.Certificate[0])),
		PrivateKey:       inline(pemBlock("PRIVATE KEY", key)),
	}}}, nil
}

func pemBlock(kind string, raw []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw})
}

func inline(content []byte) *corev3.DataSource {
	return &corev3.DataSource{Specifier: &corev3.DataSource_InlineBytes{InlineBytes: content}}
}
