// A Data page with a real project in a folder of its own.
#pragma once

#include "app/pages/data/data_page.h"
#include "tests/app/pages/page_fixture.h"

namespace lamina {

class DataPageTest : public PageTest {
protected:
    void SetUp() override {
        PageTest::SetUp();
        page.resize(1000, 600);
        page.show();
    }

    /// 300 rows: size (some missing), colour, note, kind (three classes).
    Path csv(const std::string& name = "things.csv", int rows = 300) {
        const Path path = folder.path() / name;
        std::ofstream file(path);
        file << "size;colour;note;kind\n";
        for (int row = 0; row < rows; ++row) {
            if (row % 10 != 0) file << row * 37 % 101 + row / 1000.0;
            file << ';' << (row % 2 ? "red" : "green") << ";note " << row << ';' << (row % 3 == 0 ? "a" : row % 3 == 1 ? "b" : "c") << '\n';
        }
        return path;
    }

    /// 300 rows, each of them twice: a split of single rows leaks.
    Path twins() {
        const Path path = folder.path() / "twins.csv";
        std::ofstream file(path);
        file << "a,b,kind\n";
        for (int row = 0; row < 300; ++row) file << row / 2 * 1.5 << ',' << row / 2 * 31 % 17 << ',' << (row / 2 % 3 ? "x" : "y") << '\n';
        return path;
    }

    /// Forty pictures of 8 × 8 with labels 0, 1, 2 …
    Path idx() {
        const Path place = folder.path() / "pictures";
        std::filesystem::create_directories(place);
        std::string images("\0\0\x08\x03\0\0\0\x28\0\0\0\x08\0\0\0\x08", 16), labels("\0\0\x08\x01\0\0\0\x28", 8);
        for (int item = 0; item < 40; ++item) {
            for (int pixel = 0; pixel < 64; ++pixel) images += static_cast<char>(item * 64 + pixel);
            labels += static_cast<char>(item % 4);
        }
        std::ofstream(place / "train-images-idx3-ubyte", std::ios::binary) << images;
        std::ofstream(place / "train-labels-idx1-ubyte", std::ios::binary) << labels;
        return place;
    }

    bool import(const Path& source, const std::string& target = {}) {
        ImportRequest request;
        request.source = source;
        request.target = target;
        const auto before = page.opened();
        page.startImport(request);
        return wait([&] { return page.opened() != before && page.opened() && page.opened()->split && workspace.tasks().runningCount() == 0; });
    }

    DataPage page{workspace};
};

}  // namespace lamina
