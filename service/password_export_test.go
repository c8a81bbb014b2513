package service

// OccupyPasswords takes every slot, as hashes under way do, until release.
func OccupyPasswords(p *Passwords) (release func()) {
	for range cap(p.slots) {
		p.slots <- struct{}{}
	}
	return func() {
		for range cap(p.slots) {
			<-p.slots
		}
	}
}
