package io.github.weighbridge.formats.keras.dialect;

import io.github.weighbridge.core.config.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes of TensorFlow's graphs, which the layers TensorFlowOpLayer of TensorFlow 1.15 to 2.3 hold:
 * {@code node_def} is a NodeDef in protobuf's JSON form, {@code constants} are those inputs that no
 * layer makes, by their place. Here they become calls of TensorFlow's functions.
 */
final class TensorFlowNodes {

  /**
   * The function that a node calls.
   *
   * @param symbol its name
   * @param inputs its arguments that are inputs of the node, in the node's order
   * @param attributes its arguments that are attributes of the node, by the attribute's name
   */
  private record Node(String symbol, List<String> inputs, Map<String, String> attributes) {}

  /** All further inputs as a list. */
  private static final String LIST = "*";

  private static final Map<String, Node> NODES = new HashMap<>();

  /** Nodes whose names do not say how the function is called. */
  private static final String OTHERS =
      """
      AddN(*) math.add_n
      AddV2(x,y) math.add
      ArgMax(x,axis;output_type=output_type) math.argmax
      ArgMin(x,axis;output_type=output_type) math.argmin
      Atan2(x,y) math.atan2
      AvgPool(x;ksize,strides,padding,data_format) nn.avg_pool
      AvgPool3D(x;ksize,strides,padding,data_format) nn.avg_pool3d
      BatchMatMul(x,b;adj_x=adjoint_a,adj_y=adjoint_b) linalg.matmul
      BatchMatMulV2(x,b;adj_x=adjoint_a,adj_y=adjoint_b) linalg.matmul
      BiasAdd(x,bias;data_format) nn.bias_add
      BroadcastTo(x,shape) broadcast_to
      Cast(x;DstT=dtype) cast
      CheckNumerics(x;message=name) debugging.check_numerics
      ClipByValue(x,clip_value_min,clip_value_max) clip_by_value
      ConcatV2(*,axis) concat
      Conv2D(x,filters;strides,padding,data_format,dilations) nn.conv2d
      Conv2DBackpropInput(output_shape,filters,^x;strides,padding,data_format,dilations) nn.conv2d_transpose
      Conv3D(x,filters;strides,padding,data_format,dilations) nn.conv3d
      Cumprod(x,axis;exclusive,reverse) math.cumprod
      Cumsum(x,axis;exclusive,reverse) math.cumsum
      DepthToSpace(x;block_size,data_format) nn.depth_to_space
      DepthwiseConv2dNative(x,filter;strides,padding,data_format,dilations) nn.depthwise_conv2d
      DivNoNan(x,y) math.divide_no_nan
      Einsum(*;equation=subscripts) raw_ops.Einsum
      EuclideanNorm(x,axis;keep_dims=keepdims) math.reduce_euclidean_norm
      ExpandDims(x,axis) expand_dims
      Fill(x,value;T=dtype) fill
      FloorDiv(x,y) math.floordiv
      FloorMod(x,y) math.floormod
      FusedBatchNorm(x,scale,offset,mean,variance;epsilon,data_format,is_training) raw_ops.FusedBatchNormV3
      FusedBatchNormV2(x,scale,offset,mean,variance;epsilon,data_format,is_training) raw_ops.FusedBatchNormV3
      FusedBatchNormV3(x,scale,offset,mean,variance;epsilon,data_format,is_training) raw_ops.FusedBatchNormV3
      Gather(x,indices) gather
      GatherNd(x,indices) gather_nd
      GatherV2(x,indices,axis;batch_dims) gather
      GreaterEqual(x,y) math.greater_equal
      Inv(x) math.reciprocal
      IsFinite(x) math.is_finite
      IsInf(x) math.is_inf
      IsNan(x) math.is_nan
      L2Loss(x) nn.l2_loss
      LRN(x;depth_radius,bias,alpha,beta) nn.local_response_normalization
      LeakyRelu(x;alpha) nn.leaky_relu
      LessEqual(x,y) math.less_equal
      LinSpace(x,stop,num) linspace
      LogSoftmax(x) nn.log_softmax
      LogicalAnd(x,y) math.logical_and
      LogicalNot(x) math.logical_not
      LogicalOr(x,y) math.logical_or
      MatMul(x,b;transpose_a,transpose_b) linalg.matmul
      MatrixBandPart(x,num_lower,num_upper) linalg.band_part
      MaxPool(x;ksize,strides,padding,data_format) nn.max_pool
      MaxPool3D(x;ksize,strides,padding,data_format) nn.max_pool3d
      MirrorPad(x,paddings;mode) pad
      Mul(x,y) math.multiply
      MulNoNan(x,y) math.multiply_no_nan
      Neg(x) math.negative
      NotEqual(x,y) math.not_equal
      OneHot(x,depth,on_value,off_value;axis,T=dtype) one_hot
      OnesLike(x) ones_like
      Pack(*;axis) stack
      Pad(x,paddings) pad
      PadV2(x,paddings,constant_values) pad
      RandomStandardNormal(x) random.normal
      RandomUniform(x) random.uniform
      Range(x,limit,delta;Tidx=dtype) range
      RealDiv(x,y) math.truediv
      Reshape(x,shape) reshape
      ResizeArea(x,size;align_corners) compat.v1.image.resize_area
      ResizeBicubic(x,size;align_corners,half_pixel_centers) compat.v1.image.resize_bicubic
      ResizeBilinear(x,size;align_corners,half_pixel_centers) compat.v1.image.resize_bilinear
      ResizeNearestNeighbor(x,size;align_corners,half_pixel_centers) compat.v1.image.resize_nearest_neighbor
      ReverseV2(x,axis) reverse
      Roll(x,shift,axis) roll
      Select(condition,x,y) compat.v1.where
      SelectV2(condition,x,y) where
      Size(x;out_type) size
      Slice(x,begin,size) slice
      SpaceToDepth(x;block_size,data_format) nn.space_to_depth
      Split(axis,^x;num_split=num_or_size_splits) split
      SplitV(x,num_or_size_splits,axis) split
      SquaredDifference(x,y) math.squared_difference
      Squeeze(x;squeeze_dims=axis) squeeze
      StopGradient(x) stop_gradient
      StridedSlice(x,begin,end,strides;begin_mask,end_mask,ellipsis_mask,new_axis_mask,shrink_axis_mask) strided_slice
      Sub(x,y) math.subtract
      Tile(x,multiples) tile
      TopKV2(x,k;sorted) math.top_k
      Transpose(x,perm) transpose
      Unpack(x;axis,num) unstack
      UnsortedSegmentMax(x,segment_ids,num_segments) math.unsorted_segment_max
      UnsortedSegmentMin(x,segment_ids,num_segments) math.unsorted_segment_min
      UnsortedSegmentProd(x,segment_ids,num_segments) math.unsorted_segment_prod
      UnsortedSegmentSum(x,segment_ids,num_segments) math.unsorted_segment_sum
      Where(x) where
      ZerosLike(x) zeros_like
      """;

  static {
    each(
        "(x) math.",
        "Abs",
        "Acos",
        "Acosh",
        "Asin",
        "Asinh",
        "Atan",
        "Atanh",
        "Ceil",
        "Cos",
        "Cosh",
        "Erf",
        "Exp",
        "Expm1",
        "Floor",
        "Log",
        "Log1p");
    each(
        "(x) math.",
        "Reciprocal",
        "Rint",
        "Round",
        "Rsqrt",
        "Sigmoid",
        "Sign",
        "Sin",
        "Sinh",
        "Softplus",
        "Sqrt",
        "Square",
        "Tan",
        "Tanh");
    each("(x) nn.", "Elu", "Relu", "Relu6", "Selu", "Softsign", "Softmax");
    each(
        "(x,y) math.",
        "Add",
        "Equal",
        "Greater",
        "Less",
        "Maximum",
        "Minimum",
        "Pow",
        "Xdivy",
        "Xlog1py",
        "Xlogy");
    each(
        "(x,axis;keep_dims=keepdims) math.reduce_",
        "All",
        "Any",
        "Max",
        "Mean",
        "Min",
        "Prod",
        "Sum");
    each("(x;out_type=out_type) ", "Identity", "Rank", "Shape");
    OTHERS.lines().forEach(TensorFlowNodes::add);
  }

  private TensorFlowNodes() {}

  /** Nodes that are called alike and have the function's name. */
  private static void each(String call, String... ops) {
    for (String op : ops) {
      add(op + call + op.toLowerCase(Locale.ROOT));
    }
  }

  /** {@code Op(input,^first,*;attribute,attribute=argument) symbol}. */
  private static void add(String line) {
    int open = line.indexOf('(');
    int close = line.indexOf(')');
    String[] halves = line.substring(open + 1, close).split(";", -1);
    Map<String, String> attributes = new HashMap<>();
    if (halves.length > 1) {
      for (String pair : halves[1].split(",", -1)) {
        String[] names = pair.split("=", -1);
        attributes.put(names[0], names[names.length - 1]);
      }
    }
    List<String> inputs = List.of(halves[0].split(",", -1));
    NODES.put(line.substring(0, open), new Node(line.substring(close + 2), inputs, attributes));
  }

  private static Tree.Obj definition(Tree.Obj config) {
    return config.object("node_def").orElse(Tree.object());
  }

  /** The symbol of the function that a layer calls; nothing if it does not tell. */
  static Optional<String> symbol(Tree.Obj config) {
    return definition(config)
        .text("op")
        .map(op -> NODES.containsKey(op) ? NODES.get(op).symbol() : "raw_ops." + op);
  }

  /**
   * The call of a layer's function.
   *
   * @param tensors the inputs that are no constants
   */
  static TfKerasOperations.Call call(Tree.Obj config, List<Tree> tensors) {
    Tree.Obj definition = definition(config);
    List<Tree> inputs = inputs(config, tensors);
    Node node = NODES.get(definition.text("op").orElse(""));
    if (node == null) {
      return new TfKerasOperations.Call(inputs, Map.of());
    }
    List<Tree> args = new ArrayList<>();
    Map<String, Tree> kwargs = new LinkedHashMap<>();
    int at = 0;
    boolean marked = node.inputs().stream().anyMatch(name -> name.startsWith("^"));
    for (int i = 0; i < node.inputs().size() && at < inputs.size(); i++) {
      String name = node.inputs().get(i);
      if (name.equals(LIST)) {
        int end = inputs.size() - (node.inputs().size() - 1 - i);
        List<Tree> list = inputs.subList(at, Math.max(at, end));
        args.addAll(node.symbol().equals("raw_ops.Einsum") ? list : List.of(Tree.of(list)));
        at += list.size();
      } else if (name.startsWith("^") || (i == 0 && !marked)) {
        args.add(inputs.get(at++));
      } else {
        kwargs.put(name, inputs.get(at++));
      }
    }
    NodeAttributes.add(definition, node.attributes(), kwargs);
    return new TfKerasOperations.Call(args, kwargs);
  }

  private static List<Tree> inputs(Tree.Obj config, List<Tree> tensors) {
    Tree.Obj constants = config.object("constants").orElse(Tree.object());
    List<Tree> rest = new ArrayList<>(tensors);
    List<Tree> inputs = new ArrayList<>();
    int count = tensors.size() + constants.members().size();
    for (int i = 0; i < count; i++) {
      Optional<Tree> constant = constants.get(Integer.toString(i));
      if (constant.isPresent()) {
        inputs.add(constant.get());
      } else if (!rest.isEmpty()) {
        inputs.add(rest.remove(0));
      }
    }
    return inputs;
  }
}
