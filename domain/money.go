package domain

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"
)

// MaxMoney is the largest amount the records hold: the database keeps numeric(18,2) 元.
const MaxMoney = "9999999999999999.99"

// Money is an exact amount in 元 with at most two decimals (分). It is never a floating point number.
type Money struct{ value decimal.Decimal }

// moneyForm has room for exactly the amounts up to MaxMoney.
var moneyForm = regexp.MustCompile(`^[0-9]{1,16}(\.[0-9]{1,2})?$`)

// ParseMoney reads a plain decimal such as "1234567.89" in 元. Signs, exponents, separators, more than two
// decimals, and amounts over MaxMoney are refused.
func ParseMoney(s string) (Money, error) {
	if !moneyForm.MatchString(s) {
		return Money{}, fmt.Errorf("amount %.40q: want up to 16 digits with at most two decimals", s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Money{}, fmt.Errorf("amount %q: %w", s, err)
	}
	return Money{value: d}, nil
}

// Add is the exact sum.
func (m Money) Add(other Money) Money { return Money{value: m.value.Add(other.value)} }

// Equal compares by value: 1.5 equals 1.50.
func (m Money) Equal(other Money) bool { return m.value.Equal(other.value) }

// String prints 元 with exactly two decimals.
func (m Money) String() string { return m.value.StringFixed(2) }

// Missing says why an amount is not there. An empty cell never means zero.
type Missing string

// The reasons an amount may be missing; MissingNone means that it is there.
const (
	MissingNone          Missing = ""
	MissingNotFilled     Missing = "not_filled"
	MissingNotApplicable Missing = "not_applicable"
	MissingWithheld      Missing = "withheld"
)

// Amount is money that may be missing for a stated reason. Basis is the legal basis of a withheld amount.
// The zero Amount is not a legal value: use NotFilled.
type Amount struct {
	Value   Money
	Missing Missing
	Basis   string
}

// NotFilled is the amount nobody has entered yet.
func NotFilled() Amount { return Amount{Missing: MissingNotFilled} }

// NewAmount is an amount that is there.
func NewAmount(m Money) Amount { return Amount{Value: m} }

// NewMissing is an amount that is not there; a withheld one must name its legal basis, and only that one has any.
func NewMissing(why Missing, basis string) (Amount, error) {
	switch why {
	case MissingNotFilled, MissingNotApplicable:
		if basis != "" {
			return Amount{}, Invalid("basis", "basis_only_if_withheld")
		}
		return Amount{Missing: why}, nil
	case MissingWithheld:
		if strings.TrimSpace(basis) == "" {
			return Amount{}, Invalid("basis", "withheld_needs_basis")
		}
		return Amount{Missing: why, Basis: basis}, nil
	default:
		return Amount{}, Invalid("missing", "unknown_missing")
	}
}

// Present reports whether there is a figure.
func (a Amount) Present() bool { return a.Missing == MissingNone }

// Sum is a total that says what it covers: Filled of Of projects had a figure.
type Sum struct {
	Total  Money
	Filled int
	Of     int
}

// MatureAmount picks the figure that binds most: the final account 决算 over the approved budget 概算 over the
// estimate 估算. When none is there, the least mature reason is returned.
func MatureAmount(estimate, budget, finalAccount Amount) Amount {
	for _, a := range []Amount{finalAccount, budget} {
		if a.Present() {
			return a
		}
	}
	return estimate
}

// Wan prints the amount in 万元, exactly: two decimals, and more, up to six, where the amount has them.
func (m Money) Wan() string {
	exact := m.value.Shift(-4).String()
	if _, decimals, _ := strings.Cut(exact, "."); len(decimals) > 2 {
		return exact
	}
	return m.value.Shift(-4).StringFixed(2)
}
