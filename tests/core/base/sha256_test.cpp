#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace lamina {
namespace {

// The examples of FIPS 180-2, appendix B.
TEST(Sha256, GivesThePublishedDigests) {
    EXPECT_EQ(sha256("", 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256("abc", 3), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const std::string two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    EXPECT_EQ(sha256(two.data(), two.size()), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    const std::string million(1'000'000, 'a');
    EXPECT_EQ(sha256(million.data(), million.size()), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnThePieces) {
    std::string text;
    for (int n = 0; n < 1000; ++n) text += static_cast<char>(n * 31);
    for (std::size_t piece : {1u, 7u, 64u, 999u}) {
        Sha256 hash;
        for (std::size_t at = 0; at < text.size(); at += piece) hash.add(text.data() + at, std::min(piece, text.size() - at));
        EXPECT_EQ(hash.finish(), sha256(text.data(), text.size())) << piece;
    }
}

}  // namespace
}  // namespace lamina
