package command

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"

	"zhongda/service"
	"zhongda/service/smtp"
)

// mailSettings reads the mail server's settings; nil where no host is named, and then no letter is written.
func mailSettings(get func(name, fallback string) string) (*service.Post, error) {
	host := get("ZHONGDA_SMTP_HOST", "")
	if host == "" {
		return nil, nil
	}
	address, err := publicURL(get("ZHONGDA_PUBLIC_URL", ""))
	if err != nil {
		return nil, err
	}
	from, err := mail.ParseAddress(get("ZHONGDA_SMTP_FROM", ""))
	if err != nil {
		return nil, fmt.Errorf("ZHONGDA_SMTP_FROM: %w", err)
	}
	mode := smtp.TLS(get("ZHONGDA_SMTP_TLS", string(smtp.StartTLS)))
	port := map[smtp.TLS]string{smtp.StartTLS: "587", smtp.DirectTLS: "465", smtp.NoTLS: "25"}[mode]
	mailer, err := smtp.New(smtp.Options{
		Host: host, Port: get("ZHONGDA_SMTP_PORT", port), User: get("ZHONGDA_SMTP_USER", ""),
		Password: get("ZHONGDA_SMTP_PASSWORD", ""), From: *from, TLS: mode,
	})
	if err != nil {
		return nil, fmt.Errorf("ZHONGDA_SMTP_*: %w", err)
	}
	return &service.Post{Mailer: mailer, URL: address}, nil
}

// publicURL is the address that letters link to; without one a letter could lead nowhere.
func publicURL(stated string) (string, error) {
	address, err := url.Parse(stated)
	if err != nil || (address.Scheme != "http" && address.Scheme != "https") || address.Host == "" || address.RawQuery != "" {
		return "", fmt.Errorf("ZHONGDA_PUBLIC_URL: %q is no address like https://zhongda.example.org; letters need it for their links", stated)
	}
	return strings.TrimSuffix(stated, "/"), nil
}
