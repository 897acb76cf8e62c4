// A device that is lost while it works: a GPU that falls off the bus, a launch that the driver refuses.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace lamina {

/// Thrown by DevicePlan::run, Device::allocate, Device::makeReadable and what calls them (Program, ParameterStore). The host has seen nothing of
/// the step that failed; what lay in the device's memory may be gone, so that no checkpoint can be made any more. Plans, memory and the device may
/// still be destroyed.
class DeviceFailure : public std::runtime_error {
public:
    DeviceFailure(std::string call, std::string reason)
        : std::runtime_error(call + ": " + reason), m_call(std::move(call)), m_reason(std::move(reason)) {}
    /// What was asked of the device ("cudaGraphLaunch") and its own words for what happened.
    const std::string& call() const { return m_call; }
    const std::string& reason() const { return m_reason; }

private:
    std::string m_call, m_reason;
};

}  // namespace lamina
