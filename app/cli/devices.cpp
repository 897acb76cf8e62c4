#include "app/cli/command.h"
#include "app/jobs/device_choice.h"

namespace lamina {
namespace devices_command_parts {

Result<nlohmann::json> devices(Console& console) {
    TerminalTable table({{console.text("cli.head.id")}, {console.text("cli.head.state")}, {console.text("cli.head.device")}});
    auto list = nlohmann::json::array();
    std::vector<std::string> reasons;
    for (const DeviceEntry& entry : listDevices()) {
        nlohmann::json device{{"id", entry.id}, {"usable", !entry.problem}, {"description", entry.description}};
        if (entry.problem) {
            reasons.push_back(entry.id + ": " + message(*entry.problem, console.language()));
            device["reason"] = errorToJson(*entry.problem, console.language())["error"];
        }
        list.push_back(device);
        table.add({entry.id, console.text(entry.problem ? "cli.devices.unused" : "cli.devices.used"), entry.description});
    }
    console.table(table);
    for (const auto& reason : reasons) console.line(reason);
    return nlohmann::json{{"devices", list}};
}

}  // namespace devices_command_parts

void devices_command(Command& command) {
    using namespace devices_command_parts;
    command.run = devices;
}

}  // namespace lamina
