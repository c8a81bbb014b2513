package repository

import (
	"encoding/base64"
	"encoding/json"

	"zhongda/domain"
)

// cursor is the last row of a page: its place in the order Sort and its id. Value is nil where the row had none. It
// is opaque to callers but not secret, so whatever comes back is checked like any other input.
type cursor struct {
	Sort  string  `json:"s"`
	Value *string `json:"v"`
	ID    int64   `json:"i"`
}

func (c cursor) encode() (string, error) {
	raw, err := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(raw), err
}

// decodeCursor reads the cursor of a page in the order sort; nil for the first page.
func decodeCursor(encoded, sort string) (*cursor, error) {
	if encoded == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return nil, badCursor()
	}
	var c cursor
	if err := json.Unmarshal(raw, &c); err != nil || c.Sort != sort || c.ID <= 0 {
		return nil, badCursor()
	}
	return &c, nil
}

func badCursor() *domain.Error { return badCursorIn("cursor") }

// badCursorIn names the field of the request that should have held a cursor.
func badCursorIn(field string) *domain.Error {
	return &domain.Error{Kind: domain.KindMalformed, Code: "malformed",
		Fields: []domain.FieldError{{Field: field, Code: "bad_cursor"}}}
}

// pageLimit is the number of rows a page may have, whatever was asked for.
func pageLimit(asked int) int {
	switch {
	case asked <= 0:
		return domain.PageLimitDefault
	case asked > domain.PageLimitMax:
		return domain.PageLimitMax
	default:
		return asked
	}
}
