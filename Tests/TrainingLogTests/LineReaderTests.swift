import TestKit
import Testing
import TrainingLog
