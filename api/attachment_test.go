package api_test

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/api"
	"zhongda/api/apitest"
	"zhongda/domain"
)

// upload sends a file as a browser does.
func (p *product) upload(t testing.TB, c *apitest.Client, projectID int64, name, content string) apitest.Response {
	t.Helper()
	return c.Do(t, apitest.Request{
		Method: http.MethodPost, Path: projectPath(projectID) + "/attachments?" + url.Values{"name": {name}}.Encode(),
		Headers: map[string]string{"Content-Type": "application/octet-stream"}, Body: []byte(content),
	})
}

func TestAttachmentsComeBackAsFilesToKeep(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	const content = "%PDF-1.4 <script>alert(1)</script>\x00\xff"
	for name, shown := range map[string]string{
		"项目 报告.pdf": "项目 报告.pdf", `a";x=.html.pdf`: "a_;x=.html.pdf", "b\r\nX-Evil: 1.pdf": "bX-Evil_ 1.pdf", `..\..\c.pdf`: "c.pdf",
	} {
		r := p.upload(t, editor, p.own, name, content+name)
		require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
		added := apitest.Decode[api.Attachment](t, r)
		require.Equal(t, shown, added.Name)
		require.Equal(t, fmt.Sprintf("/api/v1/attachments/%d", added.ID), r.Header.Get("Location"))

		file := editor.Get(t, r.Header.Get("Location"))
		require.Equal(t, http.StatusOK, file.Status)
		require.Equal(t, content+name, string(file.Body))
		require.Equal(t, "application/pdf", file.Header.Get("Content-Type"))
		require.Equal(t, "nosniff", file.Header.Get("X-Content-Type-Options"))
		require.True(t, strings.HasPrefix(file.Header.Get("Content-Security-Policy"), "sandbox;"))
		require.Empty(t, file.Header.Get("X-Evil"))
		disposition, params, err := mime.ParseMediaType(file.Header.Get("Content-Disposition"))
		require.NoError(t, err)
		require.Equal(t, "attachment", disposition, "never shown in place")
		require.Equal(t, shown, params["filename"])
	}
	listed := apitest.Decode[api.List[api.Attachment]](t, editor.Get(t, projectPath(p.own)+"/attachments"))
	require.Len(t, listed.Items, 4)
}

func TestBadUploads(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	before := p.fingerprint(t)
	path := projectPath(p.own) + "/attachments"
	for _, c := range []struct {
		query, media, body string
		status             int
		codes              string
	}{
		{"?name=a.pdf", "application/pdf", "", 422, "invalid file:attachment_empty"},
		{"?name=a.pdf", "application/pdf", "<html>", 422, "invalid file:attachment_content"},
		{"?name=a.html", "application/pdf", "%PDF-", 422, "invalid name:attachment_kind"},
		{"?name=a.exe", "application/octet-stream", "MZ", 422, "invalid name:attachment_kind"},
		{"?name=" + strings.Repeat("x", 250) + ".pdf", "application/pdf", "%PDF-", 422, "invalid name:too_long"},
		{"?name=" + strings.Repeat("x", 500) + ".pdf", "application/pdf", "%PDF-", 400, "query_invalid name:max_chars"},
		{"?name=a%00.pdf", "application/pdf", "%PDF-", 400, "query_invalid name:text_nul"},
		{"?name=%FF.pdf", "application/pdf", "%PDF-", 400, "query_invalid name:text_encoding"},
		{"?name=%E2%80%AE", "application/pdf", "%PDF-", 422, "invalid name:required"},
		{"", "application/pdf", "%PDF-", 400, "query_invalid name:required"},
		{"?name=a.pdf&x=1", "application/pdf", "%PDF-", 400, "query_invalid x:query_unknown"},
		{"?name=a.pdf&name=b.pdf", "application/pdf", "%PDF-", 400, "query_invalid name:query_repeated"},
		{"?name=a.html", "text/html", "<html>", 415, "media_type"},
		{"?name=a.svg", "image/svg+xml", "<svg>", 415, "media_type"},
		{"?name=a.pdf", "multipart/form-data; boundary=x", "--x--", 415, "media_type"},
		{"?name=a.pdf", "", "%PDF-", 415, "media_type"},
	} {
		r := editor.Do(t, apitest.Request{
			Method: http.MethodPost, Path: path + c.query, Headers: map[string]string{"Content-Type": c.media}, Body: []byte(c.body),
		})
		require.Equal(t, c.status, r.Status, "%s: %s", c.query, r.Body)
		require.Equal(t, c.codes, codes(t, r), c.query)
	}
	cross := apitest.Request{
		Method: http.MethodPost, Path: path + "?name=a.pdf", Body: []byte("%PDF-"),
		Headers: map[string]string{"Content-Type": "application/pdf", "Sec-Fetch-Site": "cross-site"},
	}
	require.Equal(t, http.StatusForbidden, editor.Do(t, cross).Status)
	require.Equal(t, before, p.fingerprint(t))
}

func TestAnUploadMayBeAsLargeAsTheLimitAndNoLarger(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor := p.signedIn(t, p.bureauA+".editor")
	full := append([]byte("%PDF-"), bytes.Repeat([]byte{7}, domain.AttachmentBytesMax-5)...)
	r := p.upload(t, editor, p.own, "b.pdf", string(full)+"x")
	require.Equal(t, http.StatusRequestEntityTooLarge, r.Status, "%s", r.Body)
	require.Equal(t, "body_too_large", codes(t, r))
	require.Equal(t, "0", p.Text(t, "SELECT count(*) FROM attachment"))
	r = p.upload(t, editor, p.own, "a.pdf", string(full))
	require.Equal(t, http.StatusCreated, r.Status, "%s", r.Body)
	require.Equal(t, "20971520", p.Text(t, "SELECT octet_length(bytes) FROM attachment"))
}

// A file follows its project: who loses the project loses its files at once.
func TestAFileFollowsItsProject(t *testing.T) {
	t.Parallel()
	p := newProduct(t)
	editor, other := p.signedIn(t, p.bureauA+".editor"), p.signedIn(t, p.bureauB+".editor")
	at := p.upload(t, editor, p.own, "a.pdf", "%PDF-").Header.Get("Location")
	require.Equal(t, http.StatusOK, editor.Get(t, at).Status)
	require.Equal(t, http.StatusNotFound, other.Get(t, at).Status)
	p.Exec(t, "UPDATE project SET owner_organisation_id = (SELECT id FROM organisation WHERE code = $2) WHERE id = $1", p.own, p.bureauB)
	require.Equal(t, http.StatusNotFound, editor.Get(t, at).Status)
	require.Equal(t, http.StatusOK, other.Get(t, at).Status)
}
