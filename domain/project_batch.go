package domain

// ProjectBatchMax is how many projects one request changes at most; a longer selection takes several.
const ProjectBatchMax = 100

// BatchAction is one change made to many projects.
type BatchAction string

// The actions: hand projects over to another owner, and confirm whatever is provisional of them.
const (
	BatchAssign  BatchAction = "assign"
	BatchConfirm BatchAction = "confirm"
)

// BatchActions lists them.
func BatchActions() []BatchAction { return []BatchAction{BatchAssign, BatchConfirm} }

// Permission is what the action needs, over each of the projects.
func (a BatchAction) Permission() Permission {
	if a == BatchConfirm {
		return PermissionProjectConfirm
	}
	return PermissionProjectAssign
}

// ProjectBatch is one change of many projects, each at the version the caller read. OwnerOrganisationID is the new owner of
// an assignment. A preview changes nothing.
type ProjectBatch struct {
	Action              BatchAction
	OwnerOrganisationID int64
	Items               []BatchItem
	Preview             bool
}

// BatchItem names a project at a version.
type BatchItem struct {
	ID      int64
	Version int64
}

// Check refuses an assignment to nobody, an empty batch, a longer one than ProjectBatchMax and a project named twice.
func (b ProjectBatch) Check() error {
	if b.Action == BatchAssign && b.OwnerOrganisationID == 0 {
		return Invalid("ownerOrganisationId", "required")
	}
	if len(b.Items) == 0 || len(b.Items) > ProjectBatchMax {
		return Invalid("items", "batch_size", "max", ProjectBatchMax)
	}
	seen := map[int64]bool{}
	for _, item := range b.Items {
		if seen[item.ID] {
			return Invalid("items", "project_twice")
		}
		seen[item.ID] = true
	}
	return nil
}
