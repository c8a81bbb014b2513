package migrations

import (
	"embed"
	"io/fs"
)

//go:embed catalogue/*.csv
var catalogue embed.FS

// Catalogue holds the CSV files of the plan this program ships with: its columns, bodies, categories and named projects.
// Another city brings another catalogue; nothing else in the program knows this one.
func Catalogue() fs.FS {
	files, err := fs.Sub(catalogue, "catalogue")
	if err != nil {
		panic(err) // a constant path that the embedding has checked
	}
	return files
}
