package repository

import (
	"fmt"
	"strings"

	"zhongda/domain"
)

// amountRow is one amount's three columns.
type amountRow struct {
	Value   *string
	Missing string
	Basis   string
}

func (r amountRow) amount() (domain.Amount, error) {
	if r.Value == nil {
		return domain.Amount{Missing: domain.Missing(r.Missing), Basis: r.Basis}, nil
	}
	money, err := domain.ParseMoney(*r.Value)
	return domain.Amount{Value: money, Basis: r.Basis}, err
}

// amountArguments are the parameters of an amount's three columns.
func amountArguments(column string, a domain.Amount) arguments {
	var value any
	if a.Present() {
		value = a.Value.String()
	}
	return arguments{column: value, column + "_missing": string(a.Missing), column + "_basis": a.Basis}
}

// moneyTotal reads a sum of amounts, NULL where there was none to add.
type moneyTotal struct{ domain.Money }

// totalDigits is how many digits before the point the largest single amount has.
const totalDigits = len(domain.MaxMoney) - len(".99")

// Scan reads the text form of numeric. A sum may be larger than any single amount may; the digits beyond are added in
// steps of one more than the largest amount.
func (m *moneyTotal) Scan(source any) error {
	*m = moneyTotal{}
	if source == nil {
		return nil
	}
	text := fmt.Sprint(source)
	whole, _, _ := strings.Cut(text, ".")
	var steps int
	if beyond := len(whole) - totalDigits; beyond > 0 {
		if _, err := fmt.Sscan(whole[:beyond], &steps); err != nil {
			return fmt.Errorf("total %q: %w", text, err)
		}
		text = text[beyond:]
	}
	rest, err := domain.ParseMoney(text)
	if err != nil {
		return fmt.Errorf("total: %w", err)
	}
	step, err := largestPlusOne()
	for range steps {
		rest = rest.Add(step)
	}
	m.Money = rest
	return err
}

func largestPlusOne() (domain.Money, error) {
	largest, err := domain.ParseMoney(domain.MaxMoney)
	if err != nil {
		return largest, err
	}
	cent, err := domain.ParseMoney("0.01")
	return largest.Add(cent), err
}

// GormDataType tells gorm that this is a column, not a relation.
func (moneyTotal) GormDataType() string { return "numeric" }
