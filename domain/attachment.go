package domain

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// AttachmentBytesMax is how large a file may be.
const AttachmentBytesMax = 20 << 20

// attachmentNameRunes is how long the name of a file may be.
const attachmentNameRunes = 200

// Matter is what a file was brought for: a project, and of it an issue or an order, zero for the project itself.
type Matter struct {
	ProjectID int64
	IssueID   int64
	OrderID   int64
}

// Attachment is a file that bears a project out: an approval, a photograph, minutes. It is never changed and never
// deleted, and one matter holds the same bytes once.
type Attachment struct {
	Matter
	ID        int64
	Name      string
	Kind      AttachmentKind
	Size      int
	SHA256    string
	CreatedBy string
	CreatedAt time.Time
}

// AttachmentKind is what a file is, by its content.
type AttachmentKind string

// The kinds: what approvals are printed to and what offices write, OFD being the national form of both (GB/T 33190-2016).
const (
	AttachmentPDF  AttachmentKind = "pdf"
	AttachmentJPG  AttachmentKind = "jpg"
	AttachmentPNG  AttachmentKind = "png"
	AttachmentDOCX AttachmentKind = "docx"
	AttachmentXLSX AttachmentKind = "xlsx"
	AttachmentOFD  AttachmentKind = "ofd"
)

// AttachmentKinds lists them.
func AttachmentKinds() []AttachmentKind {
	return []AttachmentKind{AttachmentPDF, AttachmentJPG, AttachmentPNG, AttachmentDOCX, AttachmentXLSX, AttachmentOFD}
}

// MediaType is how HTTP calls the kind.
func (k AttachmentKind) MediaType() string {
	switch k {
	case AttachmentPDF:
		return "application/pdf"
	case AttachmentJPG:
		return "image/jpeg"
	case AttachmentPNG:
		return "image/png"
	case AttachmentDOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case AttachmentXLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case AttachmentOFD:
		return "application/ofd"
	}
	return "application/octet-stream"
}

// NewAttachment reads what a file is from its content, which must be what the end of its name says. A name, a kind or a
// content that cannot be kept is Invalid.
func NewAttachment(matter Matter, name string, content []byte) (Attachment, error) {
	name = CleanFileName(name)
	kind := attachmentKindOf(name)
	switch {
	case name == "":
		return Attachment{}, Invalid("name", "required")
	case utf8.RuneCountInString(name) > attachmentNameRunes:
		return Attachment{}, Invalid("name", "too_long", "max", attachmentNameRunes)
	case !slices.Contains(AttachmentKinds(), kind):
		return Attachment{}, Invalid("name", "attachment_kind")
	case len(content) == 0:
		return Attachment{}, Invalid("file", "attachment_empty")
	case len(content) > AttachmentBytesMax:
		return Attachment{}, Invalid("file", "attachment_too_large", "max", AttachmentBytesMax>>20)
	case !kind.holds(content):
		return Attachment{}, Invalid("file", "attachment_content", "kind", string(kind))
	}
	sum := sha256.Sum256(content)
	return Attachment{Matter: matter, Name: name, Kind: kind, Size: len(content), SHA256: hex.EncodeToString(sum[:])}, nil
}

// attachmentKindOf reads the kind from the end of a name.
func attachmentKindOf(name string) AttachmentKind {
	end := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if end == "jpeg" {
		return AttachmentJPG
	}
	return AttachmentKind(end)
}

// CleanFileName keeps of a name what every system can show and store: no folders, no control characters, none that
// reverse the direction of reading and so hide how the name ends, none that a file system reserves.
func CleanFileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029':
			return -1
		case strings.ContainsRune(`<>:"|?*`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	return strings.Trim(name, " .")
}

// holds reports whether the content begins, or for a package is built, as the kind demands.
func (k AttachmentKind) holds(content []byte) bool {
	switch k {
	case AttachmentPDF:
		return bytes.HasPrefix(content, []byte("%PDF-"))
	case AttachmentJPG:
		return bytes.HasPrefix(content, []byte("\xff\xd8\xff"))
	case AttachmentPNG:
		return bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n"))
	case AttachmentDOCX:
		return holdsPart(content, "word/document")
	case AttachmentXLSX:
		return holdsPart(content, "xl/workbook")
	case AttachmentOFD:
		return holdsPart(content, "OFD")
	}
	return false
}

// attachmentPartsMax is how many parts a package may list: an index of millions costs more memory than the file.
const attachmentPartsMax = 10_000

// holdsPart reports whether content is a ZIP package with an XML part whose name begins so, and without macros. Some
// writers number the main part. Only the index is read, nothing is unpacked.
func holdsPart(content []byte, main string) bool {
	if !bytes.HasPrefix(content, []byte("PK\x03\x04")) || bytes.Count(content, []byte("PK\x01\x02")) > attachmentPartsMax {
		return false
	}
	index, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return false
	}
	found := false
	for _, file := range index.File {
		if strings.HasSuffix(strings.ToLower(file.Name), "vbaproject.bin") {
			return false
		}
		found = found || strings.HasPrefix(file.Name, main) && strings.HasSuffix(file.Name, ".xml")
	}
	return found
}

// CheckAttachments refuses ids that name no attachment of the project, given those of its attachments that they found.
func CheckAttachments(ids []int64, found []Attachment) error {
	for i, id := range ids {
		if !slices.ContainsFunc(found, func(a Attachment) bool { return a.ID == id }) {
			return Invalid(fmt.Sprintf("attachments[%d]", i), "attachment_not_found")
		}
	}
	return nil
}
