package domain_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// packed is a ZIP package with these parts.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range parts {
		_, err := w.Create(part)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func TestAnAttachmentIsWhatItsContentIs(t *testing.T) {
	t.Parallel()
	contents := map[domain.AttachmentKind][]byte{
		domain.AttachmentPDF:  []byte("%PDF-1.7 …"),
		domain.AttachmentJPG:  []byte("\xff\xd8\xff\xe0\x00\x10JFIF"),
		domain.AttachmentPNG:  []byte("\x89PNG\r\n\x1a\n"),
		domain.AttachmentDOCX: packed(t, "[Content_Types].xml", "word/document.xml"),
		domain.AttachmentXLSX: packed(t, "[Content_Types].xml", "xl/workbook.xml"),
		domain.AttachmentOFD:  packed(t, "OFD.xml", "Doc_0/Document.xml"),
	}
	require.Len(t, contents, len(domain.AttachmentKinds()))
	for _, named := range domain.AttachmentKinds() {
		for _, is := range domain.AttachmentKinds() {
			a, err := domain.NewAttachment(domain.Matter{ProjectID: 7}, "可研批复."+strings.ToUpper(string(named)), contents[is])
			if named != is {
				require.Equal(t, "file attachment_content", refusal(t, err), "%s named %s", is, named)
				continue
			}
			require.NoError(t, err, is)
			sum := sha256.Sum256(contents[is])
			require.Equal(t, domain.Attachment{
				Matter: domain.Matter{ProjectID: 7}, Name: "可研批复." + strings.ToUpper(string(is)), Kind: is, Size: len(contents[is]), SHA256: hex.EncodeToString(sum[:]),
			}, a)
			require.NotEqual(t, "application/octet-stream", is.MediaType())
		}
	}
}

func TestWhatIsNoAttachmentIsRefused(t *testing.T) {
	t.Parallel()
	pdf := []byte("%PDF-1.4")
	var crowd []string
	for i := range 10_001 {
		crowd = append(crowd, fmt.Sprintf("xl/workbook%d.xml", i))
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"批复.pdf", nil, "file attachment_empty"},
		{"批复.pdf", []byte("<html><script>"), "file attachment_content"},
		{"批复.pdf", []byte("MZ\x90\x00 %PDF-"), "file attachment_content"},
		{"批复.pdf", make([]byte, domain.AttachmentBytesMax+1), "file attachment_too_large"},
		{"批复.html", pdf, "name attachment_kind"},
		{"批复.pdf.exe", pdf, "name attachment_kind"},
		{"批复.svg", pdf, "name attachment_kind"},
		{"批复", pdf, "name attachment_kind"},
		{"", pdf, "name required"},
		{".pdf", pdf, "name attachment_kind"},
		{"../.pdf", pdf, "name attachment_kind"},
		{"../..", pdf, "name required"},
		{"\u202e\u200b", pdf, "name required"},
		{strings.Repeat("长", 200) + ".pdf", pdf, "name too_long"},
		{"表.xlsx", []byte("PK\x03\x04 not a package"), "file attachment_content"},
		{"表.xlsx", packed(t, "evil.exe"), "file attachment_content"},
		{"表.xlsx", packed(t, "xl/workbook.bin"), "file attachment_content"},
		{"表.xlsx", packed(t, "xl/workbook.xml", "xl/vbaProject.bin"), "file attachment_content"},
		{"表.xlsx", packed(t, crowd...), "file attachment_content"},
	} {
		_, err := domain.NewAttachment(domain.Matter{ProjectID: 1}, c.name, c.content)
		require.Equal(t, c.want, refusal(t, err), "%.40s", c.name)
	}
}

func TestNamesOfFilesAreCleaned(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"可研批复（2026）.pdf":     "可研批复（2026）.pdf",
		`C:\Users\张三\批复.pdf`: "批复.pdf",
		"../../etc/批复.pdf":   "批复.pdf",
		"批\u202efdp.复.pdf":   "批fdp.复.pdf",
		"a\";x=\r\n.pdf":     "a_;x=.pdf",
		"  两 个\t空格 .pdf. ":   "两 个空格 .pdf",
		"a<b>c:d|e?f*g.pdf":  "a_b_c_d_e_f_g.pdf",
		"bad\xffutf8.pdf":    "badutf8.pdf",
		"\u2028分行\u2029.pdf": "分行.pdf",
		"...pdf":             "pdf",
	} {
		require.Equal(t, want, domain.CleanFileName(given), "%q", given)
	}
}

func FuzzCleanFileName(f *testing.F) {
	for _, seed := range []string{"批复.pdf", `..\..\x`, "a/b\x00c", "\u202e.pdf", "CON", "...", "\xff\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		clean := domain.CleanFileName(name)
		require.True(t, utf8.ValidString(clean))
		require.False(t, strings.ContainsAny(clean, `/\<>:"|?*`))
		require.False(t, strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }))
		require.Equal(t, clean, domain.CleanFileName(clean), "cleaning once is enough")
	})
}
