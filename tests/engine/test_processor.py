"""The processor is read from what each system prints."""

from engine.processor import read_cpuinfo, read_sysctl

INTEL = """processor\t: 0
model name\t: A Xeon of some kind
flags\t\t: fpu sse2 avx2 avx512f avx512_bf16 amx_tile amx_bf16

processor\t: 1
model name\t: Another
"""


def test_linux_on_intel_names_what_speeds_up_training_each_once():
    assert read_cpuinfo(INTEL) == ("A Xeon of some kind", ("AVX2", "AVX-512", "BF16", "AMX"))


def test_linux_on_arm_gives_features_and_mostly_no_model():
    model, features = read_cpuinfo("processor : 0\nFeatures : fp asimd sve bf16\n")
    assert model
    assert features == ("NEON", "SVE", "BF16")


def test_an_old_processor_has_no_fast_instructions_and_a_silent_one_is_not_known():
    assert read_cpuinfo("model name : Old\nflags : fpu sse2").features == ()
    assert read_cpuinfo("").features is None


def test_macos_lists_what_is_there_with_a_one():
    text = (
        "machdep.cpu.brand_string: Apple M9\nhw.optional.neon: 1\nhw.optional.arm.FEAT_BF16: 1\nhw.optional.avx2_0: 0\n"
    )
    assert read_sysctl(text) == ("Apple M9", ("NEON", "BF16"))
    assert read_sysctl("").features is None
