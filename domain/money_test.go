package domain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"zhongda/domain"
)

func TestParseMoney(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.00", "1": "1.00", "1.5": "1.50", "0.01": "0.01", "007": "7.00", domain.MaxMoney: domain.MaxMoney,
		"9007199254740993.01": "9007199254740993.01", // beyond what a float64 holds
	} {
		require.Equal(t, want, money(t, text).String())
	}
	for _, text := range []string{
		"", " ", ".", "1.", ".5", "1.2.3", "-1", "+1", "-0", "1.234", "1.230", "NaN", "Infinity", "1e400", "1E2", "0x10", "1,000", "1_000",
		" 1", "1 ", "１", "一", "1元", "10000000000000000", "9999999999999999.991", "1\x00", "1\n", strings.Repeat("0", 17), strings.Repeat("9", 1<<16),
	} {
		_, err := domain.ParseMoney(text)
		require.Error(t, err, "%.40q", text)
	}
}

func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(0, 999_999_999_999_999_999).Draw(t, "a")
		b := rapid.Int64Range(0, 999_999_999_999_999_999).Draw(t, "b")
		if got, want := fen(t, a).Add(fen(t, b)).String(), yuan(a+b); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
		if !money(t, yuan(a)).Equal(fen(t, a)) {
			t.Fatalf("%s does not survive its own text", yuan(a))
		}
	})
	require.True(t, money(t, "1.5").Equal(money(t, "1.50")))
	require.False(t, money(t, "1.5").Equal(money(t, "1.51")))
}

func fen(t require.TestingT, n int64) domain.Money { return money(t, yuan(n)) }

func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }

func TestAMissingAmountSaysWhy(t *testing.T) {
	for _, c := range []struct {
		why           domain.Missing
		basis, refuse string
	}{
		{domain.MissingNotFilled, "", ""},
		{domain.MissingNotApplicable, "", ""},
		{domain.MissingWithheld, "保密法第二十条", ""},
		{domain.MissingWithheld, " ", "basis withheld_needs_basis"},
		{domain.MissingNotFilled, "保密法第二十条", "basis basis_only_if_withheld"},
		{domain.MissingNotApplicable, "保密法第二十条", "basis basis_only_if_withheld"},
		{domain.MissingNone, "", "missing unknown_missing"},
		{"lost", "", "missing unknown_missing"},
	} {
		a, err := domain.NewMissing(c.why, c.basis)
		require.Equal(t, c.refuse, refusal(t, err), "%+v", c)
		if err == nil {
			require.Equal(t, domain.Amount{Missing: c.why, Basis: c.basis}, a)
			require.False(t, a.Present())
		}
	}
	require.False(t, domain.NotFilled().Present())
	require.True(t, domain.NewAmount(money(t, "0")).Present(), "zero is a figure")
}

func TestTheMostMatureFigureCounts(t *testing.T) {
	none := domain.NotFilled()
	withheld, err := domain.NewMissing(domain.MissingWithheld, "依据")
	require.NoError(t, err)
	one, two, three := domain.NewAmount(money(t, "1")), domain.NewAmount(money(t, "2")), domain.NewAmount(money(t, "3"))
	for _, c := range []struct{ estimate, budget, account, want domain.Amount }{
		{one, two, three, three},
		{one, two, none, two},
		{one, none, none, one},
		{one, withheld, none, one},
		{none, two, withheld, two},
		{none, none, three, three},
		{withheld, none, none, withheld},
		{none, none, none, none},
	} {
		require.Equal(t, c.want, domain.MatureAmount(c.estimate, c.budget, c.account), "%+v", c)
		p := domain.Project{Estimate: c.estimate, Budget: c.budget, FinalAccount: c.account}
		require.Equal(t, c.want, p.Investment())
	}
}
