// Package api is the HTTP floor: routes, request structs, handlers, and the kit that carries them.
//
// A route is a value ([Route]) in one table. Its handler is a typed function
//
//	func (h handlers) updateProject(ctx context.Context, in updateProjectIn) (Versioned[ProjectDetail], error)
//
// that never sees the router. From the two types the kit derives the strict binding of the request, its validation,
// the rendering of the answer and the OpenAPI description, so the four cannot disagree.
//
// In: every exported field carries exactly one of the tags path, query, header, cookie or json; json fields together
// are the body. An embedded struct contributes its fields. A json field must be present unless it is a pointer, an
// [Optional], or tagged omitempty; validate tags (describeRule lists them) say what a present value may be. A closed list of the domain is declared
// in knownValues, once, for the check and for the description.
//
// Out: rendered as JSON by its json tags. [Created], [Versioned], [NoContent] and [Download] add what HTTP needs.
//
// Errors: return a *domain.Error (or wrap one); its kind decides the status, its code the sentence. The
// kit's own sentences are in message_zh.go and message_en.go, those of the product's rules in sentence_zh.go and
// sentence_en.go; a test finds a code that has none.
package api
