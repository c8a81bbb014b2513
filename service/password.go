package service

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"zhongda/domain"
)

// The cost of one password hash, as OWASP recommends for argon2id: 19 MiB, two passes, one lane. A stored hash carries
// the cost it was made with, within bounds that a damaged row cannot turn into an outage.
const (
	hashMemoryKiB  = 19 * 1024
	hashPasses     = 2
	hashLanes      = 1
	hashSaltBytes  = 16
	hashKeyBytes   = 32
	hashMemoryMax  = 256 * 1024
	hashPassesMax  = 10
	hashesAtOnce   = 2 // more would let sign-ins take the memory and the processors from everybody else
	hashFormat     = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
	hashParameters = "m=%d,t=%d,p=%d"
)

var errHashForm = errors.New("stored password hash is not an argon2id PHC string")

// Passwords makes and checks password hashes, a few at a time.
type Passwords struct {
	slots chan struct{}
}

// NewPasswords is ready to use and safe for concurrent use.
func NewPasswords() *Passwords {
	return &Passwords{slots: make(chan struct{}, hashesAtOnce)}
}

// Hash gives the PHC string of a new password under a fresh salt.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	h := passwordHash{memory: hashMemoryKiB, passes: hashPasses, lanes: hashLanes, salt: make([]byte, hashSaltBytes)}
	if _, err := rand.Read(h.salt); err != nil {
		return "", fmt.Errorf("draw a salt: %w", err)
	}
	key, err := p.derive(ctx, h, password, hashKeyBytes)
	h.key = key
	return h.String(), err
}

// Verify reports whether password is the one behind hash. An empty hash stands for an account that does not exist: it
// costs the same work and never matches, so that time does not tell which names exist.
func (p *Passwords) Verify(ctx context.Context, hash, password string) (bool, error) {
	h := passwordHash{memory: hashMemoryKiB, passes: hashPasses, lanes: hashLanes, salt: make([]byte, hashSaltBytes), key: make([]byte, hashKeyBytes)}
	if hash != "" {
		stored, err := parsePasswordHash(hash)
		if err != nil {
			return false, err
		}
		h = stored
	}
	key, err := p.derive(ctx, h, password, len(h.key))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, h.key) == 1 && hash != "", nil
}

// derive waits for its turn as long as the request does.
func (p *Passwords) derive(ctx context.Context, h passwordHash, password string, size int) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() { <-p.slots }()
	case <-ctx.Done():
		return nil, &domain.Error{Kind: domain.KindUnavailable, Code: "unavailable", Cause: ctx.Err()}
	}
	return argon2.IDKey([]byte(password), h.salt, h.passes, h.memory, h.lanes, uint32(size)), nil //nolint:gosec // at most hashKeyBytes
}

type passwordHash struct {
	memory uint32
	passes uint32
	lanes  uint8
	salt   []byte
	key    []byte
}

// String is the PHC string format: $argon2id$v=19$m=19456,t=2,p=1$salt$key.
func (h passwordHash) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(hashFormat, argon2.Version, h.memory, h.passes, h.lanes, encode(h.salt), encode(h.key))
}

func parsePasswordHash(text string) (passwordHash, error) {
	var h passwordHash
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errHashForm
	}
	if _, err := fmt.Sscanf(parts[3], hashParameters, &h.memory, &h.passes, &h.lanes); err != nil {
		return h, errHashForm
	}
	var saltErr, keyErr error
	h.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	h.key, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || keyErr != nil || !h.bounded() {
		return h, errHashForm
	}
	return h, nil
}

func (h passwordHash) bounded() bool {
	return h.memory > 0 && h.memory <= hashMemoryMax && h.passes > 0 && h.passes <= hashPassesMax && h.lanes == hashLanes &&
		len(h.salt) == hashSaltBytes && len(h.key) == hashKeyBytes
}
