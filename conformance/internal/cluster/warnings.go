package cluster

import "sync"

// Warnings are what kubectl would print on stderr: deprecated fields, PodSecurity's warn level.
type Warnings struct {
	mutex sync.Mutex
	texts []string
}

func (w *Warnings) HandleWarningHeader(code int, _ string, text string) {
	if code != 299 || text == "" {
		return
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.texts = append(w.texts, text)
}

// Take returns the warnings since the last call.
func (w *Warnings) Take() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	texts := w.texts
	w.texts = nil
	return texts
}
