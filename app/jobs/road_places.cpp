#include "app/jobs/road_places.h"

namespace lamina {

Result<Path> roadSource(const std::string& dataset) {
    if (dataset != "fashion-mnist") return Path(dataset);
    const Path folder = "/usr/share/datasets/fashion-mnist";
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) return fail("road.no_fashion_mnist", {{"folder", folder.string()}});
    return folder;
}

Path freeProjectFile(const Path& wanted) {
    Path stem = wanted.extension() == ".lamina" ? Path(wanted).replace_extension() : wanted;
    auto numbered = [&](int n) { return Path(stem.string() + (n == 1 ? "" : "-" + std::to_string(n)) + ".lamina"); };
    std::error_code ignored;
    int n = 1;
    while (std::filesystem::exists(numbered(n), ignored) || std::filesystem::exists(numbered(n).string() + ".d", ignored)) ++n;
    return numbered(n);
}

}  // namespace lamina
