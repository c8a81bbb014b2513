package service

import (
	"time"

	"zhongda/domain"
)

// BeatEvery sets how often the streams of this process say that they live and look at their session.
func (s *Service) BeatEvery(d time.Duration) { s.live.beat = d }

// Tell offers a change to the streams of this process, past the database.
func (s *Service) Tell(c domain.Change) { s.live.tell(c) }
