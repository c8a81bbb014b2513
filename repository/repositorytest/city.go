package repositorytest

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"zhongda/domain"
)

// City is a small city with a plan: two districts with bureaus of their own, three municipal bureaus, and a catalogue of
// columns, verbs and categories. It has no project and no account until a test adds them.
type City struct {
	*Database
	organisations map[string]domain.Organisation
	projects      atomic.Int64
}

// cityPlan is made up, but keeps the shapes of a real catalogue: a category without a district function, a column that no
// project is named in (20), a verb that promises nothing.
const cityPlan = `
INSERT INTO plan VALUES ('test-15', '测试市规划', 'Test plan', '2026-01-01', '2030-12-31');
INSERT INTO plan_column VALUES
	(2, '工业项目', 'Industry', '第三章', '第一节'), (12, '交通项目', 'Transport', '第七章', '第一节'),
	(13, '水务项目', 'Water', '第七章', '第二节'), (20, '空专栏', 'Empty', '第九章', '第一节');
INSERT INTO commitment VALUES
	('建成', 'complete', 'completed', 'implementation', ''), ('开工建设', 'start', 'started', 'preliminary', ''),
	('加快建设', 'speed up', 'in_progress', 'implementation', ''), ('规划建设', 'plan', 'preliminary', 'reserve', ''),
	('研究', 'study', 'none', 'conceived', '');
INSERT INTO district VALUES
	('440300', '测试市', 'Test City', 'city', NULL, ''), ('440304', '福田区', 'Futian', 'district', '440300', ''),
	('440306', '宝安区', 'Baoan', 'district', '440300', '');
INSERT INTO organisation (code, name, name_en, short_name, kind, function, district_code) VALUES
	('city', '测试市人民政府', 'Test City Government', '市政府', 'city', '', '440300'),
	('drc', '测试市发展和改革委员会', 'Development and Reform Commission', '市发展改革委', 'municipal_bureau', 'drc', '440300'),
	('water', '测试市水务局', 'Water Bureau', '市水务局', 'municipal_bureau', 'water', '440300'),
	('transport', '测试市交通运输局', 'Transport Bureau', '市交通运输局', 'municipal_bureau', 'transport', '440300'),
	('baoan', '宝安区人民政府', 'Baoan Government', '宝安区政府', 'district_government', '', '440306'),
	('baoan-water', '宝安区水务局', 'Baoan Water Bureau', '宝安区水务局', 'district_bureau', 'water', '440306'),
	('futian', '福田区人民政府', 'Futian Government', '福田区政府', 'district_government', '', '440304'),
	('futian-water', '福田区水务局', 'Futian Water Bureau', '福田区水务局', 'district_bureau', 'water', '440304');
UPDATE organisation SET parent_id = (SELECT id FROM organisation WHERE code = 'city') WHERE code <> 'city';
UPDATE organisation o SET parent_id = d.id FROM organisation d
	WHERE d.kind = 'district_government' AND o.kind = 'district_bureau' AND d.district_code = o.district_code;
WITH RECURSIVE tree AS (
	SELECT id, ARRAY[id] AS path FROM organisation WHERE parent_id IS NULL
	UNION ALL SELECT o.id, tree.path || o.id FROM organisation o JOIN tree ON o.parent_id = tree.id)
UPDATE organisation o SET path = tree.path FROM tree WHERE tree.id = o.id;
INSERT INTO category VALUES
	('transport', NULL, '综合交通', 'Transport', 'transport', 'transport', ''),
	('transport-rail', 'transport', '轨道交通', 'Rail', 'transport.rail', 'transport', ''),
	('transport-road', 'transport', '道路', 'Roads', 'transport.road', 'transport', ''),
	('water', NULL, '水务', 'Water', 'waterAndWaste', 'water', 'water'),
	('water-plant', 'water', '水厂', 'Water plants', 'waterAndWaste', 'water', 'water')`

// NewCity gives the test a city in a database of its own.
func NewCity(t testing.TB) *City {
	t.Helper()
	city := &City{Database: New(t), organisations: map[string]domain.Organisation{}}
	city.Exec(t, cityPlan)
	organisations, err := city.Store.Organisations(t.Context())
	require.NoError(t, err)
	for _, o := range organisations {
		city.organisations[o.Code] = o
	}
	return city
}

// Organisation is the city's body with this code, with its id and path: city, drc, water, transport, baoan, baoan-water,
// futian, futian-water.
func (c *City) Organisation(t testing.TB, code string) domain.Organisation {
	t.Helper()
	o, ok := c.organisations[code]
	require.True(t, ok, "the test city has no organisation %q", code)
	return o
}
