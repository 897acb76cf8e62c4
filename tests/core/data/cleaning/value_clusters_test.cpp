// Clusters of spellings.
#include "core/data/cleaning/value_clusters.h"

#include <gtest/gtest.h>

#include <set>

namespace lamina {
namespace {

std::string clustersOf(const std::vector<std::string>& values, ClusterMethod method) {
    ColumnData data(ColumnKind::Text);
    for (const auto& value : values) data.addText(value);
    const auto clusters = clusterValues(data.view(), method);
    std::string text;
    for (const auto& cluster : *clusters) {
        text += cluster.suggestion + ":";
        for (const auto& [value, count] : cluster.values) text += value + "=" + std::to_string(count) + ";";
    }
    return text;
}

TEST(ValueClusters, FingerprintsIgnoreCaseAccentsOrderAndPunctuation) {
    EXPECT_EQ(clustersOf({"New York", "york, new", "NEW YORK ", "New York", "Paris"}, ClusterMethod::Fingerprint),
              "New York:New York=2;NEW YORK =1;york, new=1;");
    EXPECT_EQ(clustersOf({"São Paulo", "Sao Paulo"}, ClusterMethod::Fingerprint), "Sao Paulo:Sao Paulo=1;São Paulo=1;");
    EXPECT_EQ(clustersOf({"-", "?", "..."}, ClusterMethod::Fingerprint), "") << "nothing is left of them to be alike in";
}

TEST(ValueClusters, PairsOfLettersIgnoreBlanks) {
    EXPECT_EQ(clustersOf({"Mainz", "Main z", "Berlin"}, ClusterMethod::NgramFingerprint), "Main z:Main z=1;Mainz=1;");
}

TEST(ValueClusters, DistancesFindTyposButNotOtherNumbersOrShortWords) {
    EXPECT_EQ(clustersOf({"California", "California", "Californa", "Caliofrnia", "Nevada"}, ClusterMethod::EditDistance),
              "California:California=2;Californa=1;Caliofrnia=1;");
    EXPECT_EQ(clustersOf({"Model 100", "Model 101", "cat", "car"}, ClusterMethod::EditDistance), "");
}

TEST(ValueClusters, MisspellingsAreRareBesideWhatTheyMean) {
    ColumnData data(ColumnKind::Text);
    const auto add = [&](const char* value, int times) {
        for (int i = 0; i < times; ++i) data.addText(value);
    };
    add("Germany", 40);
    add("Germny", 2);
    add("Ger many", 1);
    add("germany", 3);  // a spelling: it has the same fingerprint
    add("Iran", 20);
    add("Iraq", 20);
    const auto found = *likelyMisspellings(data.view());
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].suggestion, "Germany");
    std::set<std::string> values;
    for (const auto& [value, rows] : found[0].values) values.insert(value);
    EXPECT_EQ(values, (std::set<std::string>{"Germany", "Germny", "Ger many"}));
}

TEST(ValueClusters, OfCategoriesOnlyThoseThatOccur) {
    ColumnData data(ColumnKind::Category);
    data.setDictionary({"a b", "b a", "A B"});
    for (const int code : {0, 0, 2, -1}) data.addCode(code);
    const auto clusters = clusterValues(data.view(), ClusterMethod::Fingerprint);
    ASSERT_EQ(clusters->size(), 1u);
    EXPECT_EQ((*clusters)[0].values.size(), 2u);
}

}  // namespace
}  // namespace lamina
