package api

import (
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/swaggest/openapi-go/openapi31"

	"zhongda/domain"
)

const (
	sessionScheme = "session"
	problemMedia  = "application/problem+json"
	// descriptionPath is where anybody may read the description.
	descriptionPath = "/api/v1/openapi.json"
)

// Description is the OpenAPI 3.1 document of the routes, as YAML. The same routes always give the same bytes.
func (s *Server) Description() ([]byte, error) {
	spec, err := s.describe()
	if err != nil {
		return nil, err
	}
	yaml, err := spec.MarshalYAML()
	if err != nil {
		return nil, fmt.Errorf("write description: %w", err)
	}
	return yaml, nil
}

func (s *Server) describe() (*openapi31.Spec, error) {
	w := &documentWriter{d: newDescriber(s.book), spec: openapi31.Spec{Openapi: "3.1.0"}}
	w.spec.Info.WithTitle("Zhongda 重大").WithVersion(s.options.Version)
	w.spec.Info.WithDescription("Major-project portfolio management. Every answer of 400 and above is a Problem.")
	w.spec.WithServers(openapi31.Server{URL: "/"})
	if err := w.common(s.options.SessionCookie); err != nil {
		return nil, err
	}
	var failures []error
	for _, e := range s.endpoints {
		if err := w.operation(e); err != nil {
			failures = append(failures, fmt.Errorf("describe %s: %w", e.Name, err))
		}
	}
	if err := errors.Join(failures...); err != nil {
		return nil, err
	}
	for name, schema := range w.d.components {
		w.spec.ComponentsEns().WithSchemasItem(name, schema)
	}
	return &w.spec, nil
}

// serveDescription publishes the document as JSON at its own address; it is written once, when the server is assembled.
func (s *Server) serveDescription() error {
	spec, err := s.describe()
	if err != nil {
		return err
	}
	document, err := spec.MarshalJSON()
	if err != nil {
		return fmt.Errorf("write description: %w", err)
	}
	s.engine.GET(descriptionPath, func(c *gin.Context) { c.Data(http.StatusOK, "application/json", document) })
	return nil
}

type documentWriter struct {
	d    *describer
	spec openapi31.Spec
}

// common adds what every operation refers to: the session cookie and the problem.
func (w *documentWriter) common(cookie string) error {
	problem, err := w.d.answer(reflect.TypeFor[Problem]())
	if err != nil {
		return err
	}
	components := w.spec.ComponentsEns()
	components.WithResponsesItem("Problem", openapi31.ResponseOrReference{Response: &openapi31.Response{
		Description: "What went wrong, in the language of Accept-Language.",
		Content:     map[string]openapi31.MediaType{problemMedia: {Schema: problem}},
	}})
	components.WithSecuritySchemesItem(sessionScheme, openapi31.SecuritySchemeOrReference{SecurityScheme: &openapi31.SecurityScheme{
		APIKey: &openapi31.SecuritySchemeAPIKey{Name: cookie, In: openapi31.SecuritySchemeAPIKeyInCookie},
	}})
	return nil
}

func (w *documentWriter) operation(e endpoint) error {
	op := &openapi31.Operation{}
	op.WithID(e.Name).WithTags(e.Tag).WithSummary(e.Summary.Zh).WithDescription(e.Summary.En)
	op.WithMapOfAnythingItem("x-permission", string(e.Permission))
	if e.Permission != domain.PermissionPublic {
		op.WithSecurity(map[string][]string{sessionScheme: {}})
	}
	if !slices.ContainsFunc(w.spec.Tags, func(t openapi31.Tag) bool { return t.Name == e.Tag }) {
		w.spec.Tags = append(w.spec.Tags, openapi31.Tag{Name: e.Tag})
	}
	if err := errors.Join(w.parameters(op, e), w.body(op, e), w.answers(op, e)); err != nil {
		return err
	}
	item := w.spec.PathsEns().MapOfPathItemValues[e.Path]
	if err := item.SetOperation(e.Method, op); err != nil {
		return err
	}
	w.spec.PathsEns().WithMapOfPathItemValuesItem(e.Path, item)
	return nil
}

func (w *documentWriter) parameters(op *openapi31.Operation, e endpoint) error {
	for _, f := range e.plan.params {
		s, err := w.d.parameter(f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
		p := openapi31.Parameter{Name: f.name, In: openapi31.ParameterIn(f.source), Schema: s}
		p.WithRequired(f.source == "path" || f.required || f.typ == versionType)
		op.Parameters = append(op.Parameters, openapi31.ParameterOrReference{Parameter: &p})
	}
	return nil
}

func (w *documentWriter) body(op *openapi31.Operation, e endpoint) error {
	content := map[string]openapi31.MediaType{}
	switch {
	case e.plan.upload != nil:
		for _, media := range e.plan.upload.accept {
			content[media] = openapi31.MediaType{Schema: schema{"type": "string", "format": "binary"}}
		}
	case len(e.plan.body) > 0:
		s, err := w.d.component(e.plan.typ, requestName(e.plan.typ), func() (schema, error) { return w.d.requestObject(e.plan.body) })
		if err != nil {
			return err
		}
		content["application/json"] = openapi31.MediaType{Schema: s}
	default:
		return nil
	}
	body := &openapi31.RequestBody{Content: content}
	op.WithRequestBody(openapi31.RequestBodyOrReference{RequestBody: body.WithRequired(true)})
	return nil
}

func (w *documentWriter) answers(op *openapi31.Operation, e endpoint) error {
	status, content, err := w.success(e)
	if err != nil {
		return err
	}
	responses := op.ResponsesEns()
	responses.WithMapOfResponseOrReferenceValuesItem(strconv.Itoa(status), openapi31.ResponseOrReference{
		Response: &openapi31.Response{Description: http.StatusText(status), Content: content},
	})
	responses.WithDefault(openapi31.ResponseOrReference{Reference: &openapi31.Reference{Ref: "#/components/responses/Problem"}})
	return nil
}

func (w *documentWriter) success(e endpoint) (status int, content map[string]openapi31.MediaType, err error) {
	t, status := answerType(e.Op.out)
	if status == http.StatusNoContent {
		return status, nil, nil
	}
	if e.Op.out == reflect.TypeFor[Download]() {
		if len(e.Op.produces) == 0 {
			return 0, nil, errors.New("a download needs Produces")
		}
		content = map[string]openapi31.MediaType{}
		for _, media := range e.Op.produces {
			content[media] = openapi31.MediaType{Schema: schema{"type": "string", "format": "binary"}}
		}
		return status, content, nil
	}
	media := "application/json"
	if e.Op.out == reflect.TypeFor[EventStream]() { // described by the data of one event
		media, t = eventStreamMedia, reflect.TypeFor[Bulletin]()
	}
	s, err := w.d.answer(t)
	return status, map[string]openapi31.MediaType{media: {Schema: s}}, err
}
