#include "core/engine/step_trace.h"

namespace lamina {
namespace {

thread_local StepTrace* active = nullptr;

}  // namespace

TraceScope::TraceScope(StepTrace& trace) : m_before(active) { active = &trace; }
TraceScope::~TraceScope() { active = m_before; }

StepTrace* activeTrace() { return active; }

}  // namespace lamina
