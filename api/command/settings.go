package command

import (
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // a server without zone files still knows Beijing time

	"zhongda/service"
)

const (
	defaultAddr     = "127.0.0.1:8080"
	defaultTimeZone = "Asia/Shanghai"
)

// settings are read from the environment once, at start; a setting that cannot be understood stops the program.
type settings struct {
	databaseURL    string
	addr           string
	metricsAddr    string
	dataDir        string
	demoPassword   string
	tls            bool
	trustedProxies []string
	zone           *time.Location
	post           *service.Post
	log            *slog.Logger
}

func readSettings(env Environment) (settings, error) {
	get := func(name, fallback string) string {
		if value := strings.TrimSpace(env.Getenv(name)); value != "" {
			return value
		}
		return fallback
	}
	s := settings{
		databaseURL:  get("DATABASE_URL", ""),
		addr:         get("ZHONGDA_ADDR", defaultAddr),
		metricsAddr:  get("ZHONGDA_METRICS_ADDR", ""),
		demoPassword: env.Getenv("ZHONGDA_DEMO_PASSWORD"),
		tls:          get("ZHONGDA_TLS", "") == "true",
	}
	if proxies := get("ZHONGDA_TRUSTED_PROXIES", ""); proxies != "" {
		s.trustedProxies = strings.Split(proxies, ",")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(get("ZHONGDA_LOG", "info"))); err != nil {
		return s, fmt.Errorf("ZHONGDA_LOG: %w", err)
	}
	s.log = slog.New(slog.NewJSONHandler(env.Stderr, &slog.HandlerOptions{Level: level}))
	var err error
	if s.zone, err = time.LoadLocation(get("ZHONGDA_TIME_ZONE", defaultTimeZone)); err != nil {
		return s, fmt.Errorf("ZHONGDA_TIME_ZONE: %w", err)
	}
	if s.post, err = mailSettings(get); err != nil {
		return s, err
	}
	s.dataDir, err = dataDir(get("ZHONGDA_DATA_DIR", ""))
	return s, err
}

// dataDir must be absolute, because the embedded database runs as another user when the server runs as root; root's
// own home is closed to that user, hence the system's place for such data.
func dataDir(stated string) (string, error) {
	if stated == "" && os.Geteuid() == 0 {
		stated = "/var/lib/zhongda"
	}
	if stated == "" {
		state := os.Getenv("XDG_STATE_HOME")
		if state == "" {
			home, err := os.UserHomeDir()
			if err != nil {
				return "", fmt.Errorf("ZHONGDA_DATA_DIR is not set and there is no home directory: %w", err)
			}
			state = filepath.Join(home, ".local", "state")
		}
		stated = filepath.Join(state, "zhongda")
	}
	dir, err := filepath.Abs(stated)
	if err != nil {
		return "", fmt.Errorf("ZHONGDA_DATA_DIR: %w", err)
	}
	return dir, nil
}

// loopback reports whether only this machine can reach the address.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
