// Package sheet writes tables for spreadsheet programs in one pass: rows go out as they come, so a file of any length
// costs the memory of one row. A file begins with notes that say what it holds.
package sheet

import (
	"strings"
	"time"
)

// Writer is a file being written: its notes, then the columns of its table, then the rows, then Close, which does not
// close what lies below.
type Writer interface {
	Note(label, text string) error
	Columns(columns []Column) error
	Row(cells []Cell) error
	Close() error
}

// Column is one column of the table. Width is in characters of the common font; Chinese ones take two.
type Column struct {
	Title string
	Width int
}

// kind says how a spreadsheet program shall read a cell.
type kind int

const (
	kindText kind = iota
	kindInteger
	kindDecimal
	kindDate
)

// Cell is one value. The zero Cell is empty.
type Cell struct {
	kind kind
	text string
	day  time.Time
}

// Text is words. They stay words, whatever they begin with.
func Text(words string) Cell { return Cell{text: words} }

// Integer is a whole number.
func Integer(digits string) Cell { return number(kindInteger, digits) }

// Decimal is an exact amount in plain digits with a decimal point.
func Decimal(digits string) Cell { return number(kindDecimal, digits) }

// exactDigits is how many digits a spreadsheet program keeps of a number; it rounds the rest away without a word.
const exactDigits = 15

// number keeps what a spreadsheet program cannot hold as a number, as the text that it is.
func number(k kind, digits string) Cell {
	significant := strings.TrimLeft(strings.ReplaceAll(strings.TrimPrefix(digits, "-"), ".", ""), "0")
	if strings.Contains(digits, ".") {
		significant = strings.TrimRight(significant, "0")
	}
	if len(significant) > exactDigits {
		k = kindText
	}
	return Cell{kind: k, text: digits}
}

// Day is a day of the calendar, the clock of t left out.
func Day(t time.Time) Cell { return Cell{kind: kindDate, text: t.Format(time.DateOnly), day: t} }
