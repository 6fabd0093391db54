// swift-tools-version: 6.2
// Targets stand in the order of their dependencies, bottom first; dependencies are sorted, one a line.
// What may import what is decided in Documentation.docc/Decisions/0001-modules.md and enforced by the build flag
// `--explicit-target-dependency-import-check error`.

import PackageDescription

let package = Package(
  name: "handrail",
  products: [
    .executable(name: "handrail", targets: ["handrail"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CYAML",
      pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]
    ),
    // What glibc's modules leave out of its allocator.
    .systemLibrary(name: "CMalloc"),
    .plugin(name: "EmbedPages", capability: .buildTool),
    .target(
      name: "Cores",
      dependencies: [
        "CMalloc"
      ]
    ),
    .target(name: "SourceText"),
    .target(
      name: "RuleEngine",
      dependencies: [
        "SourceText"
      ]
    ),
    .target(
      name: "RuleLanguage",
      dependencies: [
        "CYAML",
        "Cores",
        "RuleEngine",
        "SourceText",
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    .target(
      name: "RuleAnalysis",
      dependencies: [
        "Cores",
        "RuleEngine",
        "SourceText",
      ]
    ),
    // The system's simdjson, which is C++, behind functions of C.
    .target(
      name: "CJSON",
      linkerSettings: [.linkedLibrary("simdjson")]
    ),
    .target(
      name: "IntakeReading",
      dependencies: [
        "CJSON",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
      ]
    ),
    .target(
      name: "Interviewing",
      dependencies: [
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
      ]
    ),
    .target(
      name: "PlanRecord",
      dependencies: [
        "RuleEngine",
        .product(name: "Crypto", package: "swift-crypto"),
      ]
    ),
    .target(
      name: "Rendering",
      dependencies: [
        "Cores",
        "Interviewing",
        "PlanRecord",
        "RuleAnalysis",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
      ],
      plugins: ["EmbedPages"]
    ),
    .executableTarget(
      name: "handrail",
      dependencies: [
        "Cores",
        "IntakeReading",
        "Interviewing",
        "PlanRecord",
        "Rendering",
        "RuleAnalysis",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    // `Tests/Benchmarks/plans` runs it beside the peers.
    .executableTarget(
      name: "PlanBenchmark",
      dependencies: [
        "IntakeReading",
        "RuleEngine",
        "RuleLanguage",
      ],
      path: "Tests/Benchmarks/Plans"
    ),
    .target(
      name: "TestSupport",
      dependencies: [
        "Interviewing",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
      ],
      path: "Tests/TestSupport"
    ),
    .executableTarget(
      name: "questions",
      dependencies: [
        "Interviewing",
        "RuleEngine",
        "RuleLanguage",
        "TestSupport",
      ],
      path: "Tests/Benchmarks/questions"
    ),
    .testTarget(
      name: "RuleEngineTests",
      dependencies: [
        "Rendering",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "IntakeReadingTests",
      dependencies: [
        "IntakeReading",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "RuleLanguageTests",
      dependencies: [
        "Rendering",
        "RuleAnalysis",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "RuleAnalysisTests",
      dependencies: [
        "Rendering",
        "RuleAnalysis",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "InterviewTests",
      dependencies: [
        "Interviewing",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "PlanRecordTests",
      dependencies: [
        "PlanRecord",
        "RuleEngine",
        "RuleLanguage",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "RenderingTests",
      dependencies: [
        "PlanRecord",
        "Rendering",
        "RuleEngine",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: [
        "RuleAnalysis",
        "RuleLanguage",
        "SourceText",
        "TestSupport",
      ]
    ),
    .testTarget(
      name: "SourceTextTests",
      dependencies: [
        "SourceText"
      ]
    ),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "TestSupport",
        "handrail",
      ]
    ),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where target.type != .system && target.type != .plugin {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
