#include "core/annotation/formats/format_type.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "core/data/image_decode.h"

namespace lamina {
namespace {

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(c < 128 ? std::tolower(c) : c); });
    return text;
}

}  // namespace

const AnnotationFormatType* findAnnotationFormat(const std::string& id) {
    for (const auto* format : annotationFormatCatalogue())
        if (format->id == id) return format;
    return nullptr;
}

const AnnotationFormatType* annotationFormatOf(const Path& source) {
    const AnnotationFormatType* best = nullptr;
    double sureness = 0;
    for (const auto* format : annotationFormatCatalogue())
        if (const double found = format->probe(source); found > sureness) {
            sureness = found;
            best = format;
        }
    return best;
}

std::vector<std::int64_t> numbersOfTheirOwn(const std::vector<AnnotationLabel>& labels) {
    std::vector<std::int64_t> numbers;
    std::set<std::int64_t> taken;
    for (const AnnotationLabel& label : labels) numbers.push_back(label.number);
    for (const std::int64_t number : numbers)
        if (number < 0 || !taken.insert(number).second) {
            std::iota(numbers.begin(), numbers.end(), std::int64_t{1});
            break;
        }
    return numbers;
}

std::string subsetOfName(const std::string& name) {
    const std::string lower = lowerCase(name);
    const auto begins = [&](const char* word) { return lower.rfind(word, 0) == 0; };
    if (begins("train") && !begins("trainval")) return "training";
    if (begins("val")) return "validation";
    if (begins("test")) return "test";
    return {};
}

std::string nameOfSubset(const std::string& subset) {
    if (subset == "training") return "train";
    if (subset == "validation") return "val";
    return subset == "test" ? "test" : "default";
}

std::vector<Path> filesBelow(const Path& folder, const std::vector<std::string>& endings, std::size_t most) {
    std::vector<Path> found;
    std::error_code failed;
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, std::filesystem::directory_options::skip_permission_denied, failed);
         !failed && entry != std::filesystem::recursive_directory_iterator() && found.size() < most; entry.increment(failed)) {
        if (entry->path().filename().string()[0] == '.') {
            if (entry->is_directory(failed)) entry.disable_recursion_pending();
            continue;
        }
        const std::string ending = lowerCase(entry->path().extension().string());
        if (std::find(endings.begin(), endings.end(), ending) != endings.end() && entry->is_regular_file(failed)) found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string pictureElsewhere(const Path& said) {
    const Path place = said.lexically_normal();
    const bool inside = !place.is_absolute() && !place.empty() && *place.begin() != "..";
    return (inside ? place : place.filename()).generic_string();
}

void readPictureSize(const Path& file, AnnotatedImage& image) {
    auto beginning = readFile(file, 64u << 20);
    if (!beginning) return;
    const auto head = readImageHead(std::as_bytes(std::span(beginning->data(), beginning->size())));
    if (!head) return;
    image.width = head->width;
    image.height = head->height;
}

}  // namespace lamina
