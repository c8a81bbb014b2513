package domain_test

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// smallCatalogue is clean: one project in one column, owned by the bureau of its district.
func smallCatalogue() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"plan.csv":          "code,name,name_en,start_date,horizon_date\np,规划,Plan,2026-01-01,2030-12-31\n",
		"columns.csv":       "number,title,title_en,chapter,section\n1,指标,Indicators,第一章,\n2,工程,Works,第一章,\n",
		"indicators.csv":    "number,group,name,unit,nature,value_2025,value_2025_kind,target_2030,target_2030_kind\n1,经济,增长,%,expected,,none,5,plain\n",
		"commitments.csv":   "verb,verb_en,target,first_stage,note\n建成,complete,completed,implementation,\n研究,study,none,conceived,\n",
		"districts.csv":     "code,name,name_en,kind,parent_code,note\nC,市,City,city,,\nA,甲区,A,district,C,\nB,乙区,B,district,C,\n",
		"schematic.csv":     "district,label,outline\n",
		"organisations.csv": "code,name,name_en,short_name,parent_code,kind,function,district_code\nc,市政府,City,市府,,city,,C\nw,水务局,Water,水务,c,municipal_bureau,water,C\naw,甲区水务局,A Water,甲水务,c,district_bureau,water,A\n",
		"categories.csv":    "code,parent_code,name,name_en,oc4ids_sector,municipal_owner,district_function\nwater,,水务,Water,water,w,water\nplant,water,水厂,Plants,water,w,water\n",
		"projects.csv":      "code,name,category,districts,owner,note\nP1,甲水厂,plant,A,,\n",
		"mentions.csv":      "project,column,ordinal,group,name,commitment,target\nP1,2,1,水,甲水厂,建成,completed\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func with(name, row string) fstest.MapFS {
	files := smallCatalogue()
	files[name] = &fstest.MapFile{Data: append(files[name].Data, row+"\n"...)}
	return files
}

func parse(t *testing.T, files fstest.MapFS) domain.Catalogue {
	t.Helper()
	c, err := domain.ParseCatalogue(files)
	require.NoError(t, err)
	return c
}

func TestCleanCatalogueHasNoFindings(t *testing.T) {
	report := parse(t, smallCatalogue()).Check("…建设 甲 水\n厂 等…")
	require.Empty(t, report.Findings)
	require.Equal(t, 1, report.Projects)
	require.Zero(t, report.Columns[0].Mentions, "a column without a project stays listed")
	require.Equal(t, 1, report.Columns[1].Mentions)
}

func TestOwnerIsDerivedByTheWrittenRule(t *testing.T) {
	for row, want := range map[string]domain.DerivedProject{
		"P2,乙水厂,plant,B,,":   {OwnerCode: "w", OwnerRule: domain.OwnerRuleMunicipal}, // B has no bureau for water
		"P2,甲乙管,plant,A;B,,": {OwnerCode: "w", OwnerRule: domain.OwnerRuleMunicipal}, // a corridor is nobody's own
		"P2,无区,plant,,,":     {OwnerCode: "w", OwnerRule: domain.OwnerRuleMunicipal},
		"P2,全市,plant,C,,":    {OwnerCode: "w", OwnerRule: domain.OwnerRuleMunicipal},
		"P2,甲厂,plant,A,,":    {OwnerCode: "aw", OwnerRule: domain.OwnerRuleDistrict},
		"P2,指名,plant,A,c,":   {OwnerCode: "c", OwnerRule: domain.OwnerRuleStated},
	} {
		derived := parse(t, with("projects.csv", row)).Derive()[1]
		require.Equal(t, want.OwnerCode, derived.OwnerCode, row)
		require.Equal(t, want.OwnerRule, derived.OwnerRule, row)
	}
}

func TestStrongestPromiseAndMostAdvancedStageWin(t *testing.T) {
	derived := parse(t, with("mentions.csv", "P1,2,2,水,甲水厂,研究,none")).Derive()[0]
	require.Equal(t, domain.StageImplementation, derived.Stage)
	require.Equal(t, domain.TargetCompleted, derived.Target)
}

func TestEveryFindingSaysWhere(t *testing.T) {
	for _, broken := range []struct{ file, row, finding string }{
		{"columns.csv", "2,又,Again,第一章,", "columns.csv:4: 2 is there twice"},
		{"districts.csv", "D,丁区,D,district,X,", `districts.csv:5: parent_code "X" is not in districts.csv`},
		{"schematic.csv", `X,"1,1","0,0 2,0 2,2"`, `schematic.csv:2: district "X" is not in districts.csv`},
		{"organisations.csv", "x,局,X,局,c,municipal_bureau,,Z", `organisations.csv:5: district_code "Z" is not in districts.csv`},
		{"organisations.csv", "x,局,X,局,c,district_bureau,water,A", "organisations.csv:5: function water in district A is there twice"},
		{"categories.csv", "tiny,plant,小,Tiny,water,w,", "categories.csv:4: tiny lies below the second level"},
		{"categories.csv", "gas,,气,Gas,energy,nobody,", `categories.csv:4: municipal_owner "nobody" is not in organisations.csv`},
		{"projects.csv", "P2,甲水厂,plant,A,,", "projects.csv:3: 甲水厂 is there twice"},
		{"projects.csv", "P2,乙,plant,A;A,,", `projects.csv:3: districts "A" is there twice or empty`},
		{"projects.csv", "P2,乙,plant,A,nobody,", `projects.csv:3: owner "nobody" is not in organisations.csv`},
		{"mentions.csv", "P1,2,1,水,甲水厂二期,建成,completed", "mentions.csv:3: column 2 ordinal 1 is there twice"},
		{"mentions.csv", "P1,3,1,水,甲水厂,建成,completed", `mentions.csv:3: column "3" is not in columns.csv`},
		{"mentions.csv", "P9,2,2,水,甲水厂,建成,completed", `mentions.csv:3: project "P9" is not in projects.csv`},
		{"mentions.csv", "P1,2,2,水,甲 水厂,建成,completed", `mentions.csv:3: stray space in "甲 水厂"`},
		{"mentions.csv", "P1,2,2,水,A 区水厂,建成,completed", `mentions.csv:3: stray space in "A 区水厂"`},
		{"mentions.csv", "P1,2,2,水,深圳Health 100,建成,completed", ""},
	} {
		findings := parse(t, with(broken.file, broken.row)).Check("").Findings
		if broken.finding == "" {
			require.NotContains(t, findings.Error(), "stray", broken.row)
			continue
		}
		require.Contains(t, findings.Error(), broken.finding)
	}
}

func TestUnreadableCellsAreAllNamedAtOnce(t *testing.T) {
	files := with("mentions.csv", "P1,x,0,水,甲水厂,建成,done\n,2,2,水,,建成,completed")
	files["plan.csv"] = &fstest.MapFile{Data: []byte("code,name,name_en,start_date,horizon_date\np,规划,Plan,2030-12-31,2026-01-01\n")}
	delete(files, "districts.csv")
	_, err := domain.ParseCatalogue(files)
	for _, finding := range []string{
		`mentions.csv:3: column "x": want a number from 1`, `mentions.csv:3: ordinal "0": want a number from 1`,
		`mentions.csv:3: target "done": want one of`, "mentions.csv:4: project is empty", "mentions.csv:4: name is empty",
		"plan.csv:2: horizon_date 2026-01-01: want a day after start_date 2030-12-31", "districts.csv:0: open districts.csv",
	} {
		require.ErrorContains(t, err, finding)
	}
}

func TestPlanFallsDueAsPreciselyAsItSays(t *testing.T) {
	for horizon, want := range map[string]domain.Precision{"2030-12-31": domain.PrecisionYear, "2030-06-30": domain.PrecisionDay} {
		date, err := domain.ParseDate(horizon)
		require.NoError(t, err)
		due, err := domain.Plan{Horizon: date}.Due()
		require.NoError(t, err)
		require.Equal(t, domain.PlanDate{Date: date, Precision: want}, due)
	}
}

func TestADrawingIsCheckedAndMayBeMissing(t *testing.T) {
	for _, row := range []string{`A,"1,1","0,0 2,0"`, `A,"1","0,0 2,0 2,2"`, `A,"1,1","0,0 2,0 2;2"`, `A,"1,1 2,2","0,0 2,0 2,2"`} {
		_, err := domain.ParseCatalogue(with("schematic.csv", row))
		require.ErrorContains(t, err, "schematic.csv:2", row)
	}
	drawn := parse(t, with("schematic.csv", `A,"1,1","0,0 2,0 2,2.5"`))
	require.Equal(t, []domain.DistrictShape{{District: "A", Label: "1,1", Outline: "0,0 2,0 2,2.5"}}, drawn.Shapes)
	require.Empty(t, drawn.Check("").Findings)
	undrawn := smallCatalogue()
	delete(undrawn, "schematic.csv")
	require.Empty(t, parse(t, undrawn).Shapes)
}
