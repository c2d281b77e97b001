// written by scripts/kubernetes-fields.ts out of the OpenAPI document of Kubernetes
import { Schemas } from './notation';

export const KUBERNETES: Schemas = {
  version: 'Kubernetes 1.37',
  parts: [
    '{activeDeadlineSeconds:i,affinity:{nodeAffinity:{preferredDuringSchedulingIgnoredDuringExecution:[{preference:@13;,weight!:i}],requiredD' +
    'uringSchedulingIgnoredDuringExecution:{nodeSelectorTerms!:[@13;]}},podAffinity:@9;,podAntiAffinity:@9;},automountServiceAccountToken:b,c' +
    'ontainers!:[@2;],dnsConfig:{nameservers:[s],options:[{name:s,value:s}],searches:[s]},dnsPolicy:s,enableServiceLinks:b,ephemeralContainer' +
    's:[{args:[s],command:[s],env:[@11;],envFrom:[@24;],image:s,imagePullPolicy:s,lifecycle:{postStart:@7;,preStop:@7;,stopSignal:s},liveness' +
    'Probe:@4;,name!:t,ports:[@34;],readinessProbe:@4;,resizePolicy:[{resourceName!:t,restartPolicy!:t}],resources:@18;,restartPolicy:s,resta' +
    'rtPolicyRules:[@37;],securityContext:@8;,startupProbe:@4;,stdin:b,stdinOnce:b,targetContainerName:s,terminationMessagePath:s,termination' +
    'MessagePolicy:s,tty:b,volumeDevices:[{devicePath!:t,name!:t}],volumeMounts:[@15;],workingDir:s}],evictionResponders:[{name!:t,priority!:' +
    'i}],hostAliases:[{hostnames:[s],ip!:t}],hostIPC:b,hostNetwork:b,hostPID:b,hostUsers:b,hostname:s,hostnameOverride:s,imagePullSecrets:[{n' +
    'ame:s}],initContainers:[@2;],nodeName:s,nodeSelector:<*>,os:{name!:t},overhead:<*>,preemptionPolicy:s,priority:i,priorityClassName:s,rea' +
    'dinessGates:[{conditionType!:t}],resourceClaims:[@33;],resources:@18;,restartPolicy:s,runtimeClassName:s,schedulerName:s,schedulingGates' +
    ':[{name!:t}],schedulingGroup:{podGroupName:s},securityContext:{appArmorProfile:{localhostProfile:s,type!:t},fsGroup:i,fsGroupChangePolic' +
    'y:s,runAsGroup:i,runAsNonRoot:b,runAsUser:i,seLinuxChangePolicy:s,seLinuxOptions:{level:s,role:s,type:s,user:s},seccompProfile:{localhos' +
    'tProfile:s,type!:t},supplementalGroups:[i],supplementalGroupsPolicy:s,sysctls:[{name!:t,value:s}],windowsOptions:@23;},serviceAccount:s,' +
    'serviceAccountName:s,setHostnameAsFQDN:b,shareProcessNamespace:b,subdomain:s,terminationGracePeriodSeconds:i,tolerations:[{effect:s,key:' +
    's,operator:s,tolerationSeconds:i,value:s}],topologySpreadConstraints:[{labelSelector:@3;,matchLabelKeys:[s],maxSkew!:i,minDomains:i,node' +
    'AffinityPolicy:s,nodeTaintsPolicy:s,topologyKey!:t,whenUnsatisfiable!:t}],volumes:[{awsElasticBlockStore:@38;,azureDisk:@28;,azureFile:{' +
    'readOnly:b,secretName!:t,shareName!:t},cephfs:{monitors!:[s],path:s,readOnly:b,secretFile:s,secretRef:{name:s},user:s},cinder:{fsType:s,' +
    'readOnly:b,secretRef:{name:s},volumeID!:t},configMap:{defaultMode:i,defaultUser:i,items:[{key!:t,mode:i,path!:t,user:i}],name!:t,optiona' +
    'l:b},csi:{driver!:t,fsType:s,nodePublishSecretRef:{name:s},readOnly:b,volumeAttributes:<*>},downwardAPI:{defaultMode:i,defaultUser:i,ite' +
    'ms:[@16;]},emptyDir:{medium:s,mode:i,sizeLimit:*},ephemeral:{volumeClaimTemplate!:{metadata:@1;,spec!:@6;}},fc:@35;,flexVolume:{driver!:' +
    't,fsType:s,options:<*>,readOnly:b,secretRef:{name:s}},flocker:{datasetName:s,datasetUUID:s},gcePersistentDisk:@40;,gitRepo:{directory:s,' +
    'repository!:t,revision:s},glusterfs:{endpoints!:t,path!:t,readOnly:b},hostPath:{path!:t,type:s},image:{pullPolicy:s,reference!:t},iscsi:' +
    '{chapAuthDiscovery:b,chapAuthSession:b,fsType:s,initiatorName:s,iqn!:t,iscsiInterface:s,lun!:i,portals:[s],readOnly:b,secretRef:{name:s}' +
    ',targetPortal!:t},name!:t,nfs:{path!:t,readOnly:b,server!:t},persistentVolumeClaim:{claimName!:t,readOnly:b},photonPersistentDisk:{fsTyp' +
    'e:s,pdID!:t},portworxVolume:{fsType:s,readOnly:b,volumeID!:t},projected:{defaultMode:i,defaultUser:i,sources:[{clusterTrustBundle:{label' +
    'Selector:@3;,name:s,optional:b,path!:t,signerName:s,user:i},configMap:@31;,downwardAPI:{items:[@16;]},podCertificate:{certificateChainPa' +
    'th:s,credentialBundlePath:s,keyPath:s,keyType!:t,maxExpirationSeconds:i,signerName!:t,user:i,userAnnotations:<*>},secret:@31;,serviceAcc' +
    'ountToken:{audience:s,expirationSeconds:i,path!:t,user:i}}]},quobyte:@32;,rbd:{fsType:s,image!:t,keyring:s,monitors!:[s],pool:s,readOnly' +
    ':b,secretRef:{name:s},user:s},scaleIO:{fsType:s,gateway!:t,protectionDomain:s,readOnly:b,secretRef!:{name:s},sslEnabled:b,storageMode:s,' +
    'storagePool:s,system!:t,volumeName:s},secret:{defaultMode:i,defaultUser:i,items:[{key!:t,mode:i,path!:t,user:i}],optional:b,secretName!:' +
    't},storageos:{fsType:s,readOnly:b,secretRef:{name:s},volumeName:s,volumeNamespace:s},vsphereVolume:@29;}]}',
    '{annotations:<*>,creationTimestamp:*,deletionGracePeriodSeconds:i,deletionTimestamp:*,finalizers:[s],generateName:s,generation:i,labels:' +
    '<*>,managedFields:*,name:s,namespace:s,ownerReferences:*,resourceVersion:s,selfLink:s,uid:s}',
    '{args:*,command:*,env:[@11;],envFrom:[@24;],image:s,imagePullPolicy:s,lifecycle:{postStart:@7;,preStop:@7;,stopSignal:s},livenessProbe:@' +
    '4;,name!:t,ports:[@34;],readinessProbe:@4;,resizePolicy:[{resourceName!:t,restartPolicy!:t}],resources:@18;,restartPolicy:s,restartPolic' +
    'yRules:[@37;],securityContext:@8;,startupProbe:@4;,stdin:b,stdinOnce:b,terminationMessagePath:s,terminationMessagePolicy:s,tty:b,volumeD' +
    'evices:[{devicePath!:t,name!:t}],volumeMounts:[@15;],workingDir:s}',
    '{matchExpressions:[{key!:t,operator!:t,values:[s]}],matchLabels:<*>}',
    '{exec:{command!:[s]},failureThreshold:i,grpc:{mode:s,port!:i,service:s},httpGet:@25;,initialDelaySeconds:i,periodSeconds:i,successThresh' +
    'old:i,tcpSocket:{host:s,port!:*},terminationGracePeriodSeconds:i,timeoutSeconds:i}',
    '{activeDeadlineSeconds:i,backoffLimit:i,backoffLimitPerIndex:i,completionMode:s,completions:i,managedBy:s,manualSelector:b,maxFailedInde' +
    'xes:i,parallelism:i,podFailurePolicy:{rules:[{action!:t,onExitCodes:{containerName:s,operator!:t,values!:[i]},onPodConditions:[{status:*' +
    ',type!:t}]}]},podReplacementPolicy:s,scheduling:{disruptionMode:{all:*,single:*},resourceClaims:[@33;],schedulingConstraints:{topology:[' +
    '{key!:t}]},schedulingPolicy:{basic:*,gang:{minCount:i}}},selector:@3;,successPolicy:{rules!:[{succeededCount:i,succeededIndexes:s}]},sus' +
    'pend:b,template!:{metadata:@1;,spec:@0;},ttlSecondsAfterFinished:i}',
    '{accessModes!:[s],dataSource:{apiGroup:s,kind:s,name:s},dataSourceRef:{apiGroup:s,kind!:t,name!:t,namespace:s},resources!:{limits:<*>,re' +
    'quests:<*>},selector:@3;,storageClassName:s,volumeAttributesClassName:s,volumeMode:s,volumeName:s}',
    '{exec:{command!:[s]},httpGet:@25;,sleep:{seconds!:i},tcpSocket:{host:s,port!:*}}',
    '{allowPrivilegeEscalation:b,appArmorProfile:{localhostProfile:s,type!:t},capabilities:{add:[s],drop:[s]},privileged:b,procMount:s,readOn' +
    'lyRootFilesystem:b,runAsGroup:i,runAsNonRoot:b,runAsUser:i,seLinuxOptions:{level:s,role:s,type:s,user:s},seccompProfile:{localhostProfil' +
    'e:s,type!:t},windowsOptions:@23;}',
    '{preferredDuringSchedulingIgnoredDuringExecution:[{podAffinityTerm!:@17;,weight!:i}],requiredDuringSchedulingIgnoredDuringExecution:[@17' +
    ';]}',
    '{excludeResourceRules:[@20;],matchPolicy:s,namespaceSelector:@3;,objectSelector:@3;,resourceRules:[@20;]}',
    '{name!:t,value:*,valueFrom:{configMapKeyRef:{key!:t,name!:t,optional:b},fieldRef:{apiVersion:s,fieldPath!:t},fileKeyRef:{key!:t,optional' +
    ':b,path!:t,volumeName!:t},resourceFieldRef:{containerName:s,divisor:*,resource!:t},secretKeyRef:{key!:t,name!:t,optional:b}}}',
    '{averageUtilization:i,averageValue:*,type!:t,value:*}',
    '{matchExpressions:[{key!:t,operator!:t,values:[s]}],matchFields:[{key!:t,operator!:t,values:[s]}]}',
    '{apiVersion:s,fieldPath:s,kind:s,name:s,namespace:s,resourceVersion:s,uid:s}',
    '{bindMountOptions:[s],mountPath!:t,mountPropagation:s,name!:t,readOnly:b,recursiveReadOnly:s,subPath:s,subPathExpr:s}',
    '{fieldRef:{apiVersion:s,fieldPath!:t},mode:i,path!:t,resourceFieldRef:{containerName:s,divisor:*,resource!:t},user:i}',
    '{labelSelector:@3;,matchLabelKeys:[s],mismatchLabelKeys:[s],namespaceSelector:@3;,namespaces:[s],topologyKey!:t}',
    '{claims:[{name!:t,request:s}],limits:<*>,requests:<*>}',
    '{policies:[{periodSeconds!:i,type!:t,value!:i}],selectPolicy:s,stabilizationWindowSeconds:i,tolerance:*}',
    '{apiGroups!:[s],apiVersions!:[s],operations!:[s],resourceNames:[s],resources!:[s],scope:s}',
    '{resource:{apiGroup:s,kind:s,name:s},service:{name!:t,port:{name:s,number:i}}}',
    '{apiGroups:[s],nonResourceURLs:[s],resourceNames:[s],resources:[s],verbs:[s]}',
    '{gmsaCredentialSpec:s,gmsaCredentialSpecName:s,hostProcess:b,runAsUserName:s}',
    '{configMapRef:{name!:t,optional:b},prefix:s,secretRef:{name!:t,optional:b}}',
    '{host:s,httpHeaders:[{name!:t,value:s}],path:s,port!:*,protocol:s,scheme:s}',
    '{apiGroups!:[s],apiVersions!:[s],operations!:[s],resources!:[s],scope:s}',
    '{ipBlock:{cidr!:t,except:[s]},namespaceSelector:@3;,podSelector:@3;}',
    '{cachingMode:s,diskName!:t,diskURI!:t,fsType:s,kind:s,readOnly:b}',
    '{fsType:s,storagePolicyID:s,storagePolicyName:s,volumePath!:t}',
    '{caBundle:s,service:{name!:t,namespace:s,path:s,port:i},url:s}',
    '{items:[{key!:t,mode:i,path!:t,user:i}],name!:t,optional:b}',
    '{group:s,readOnly:b,registry!:t,tenant:s,user:s,volume!:t}',
    '{name!:t,resourceClaimName:s,resourceClaimTemplateName:s}',
    '{containerPort!:i,hostIP:s,hostPort:i,name:s,protocol:s}',
    '{fsType:s,lun:i,readOnly:b,targetWWNs:[s],wwids:[s]}',
    '{rollingUpdate:{maxSurge:*,maxUnavailable:*},type:s}',
    '{action!:t,exitCodes:{operator!:t,values:[i]}}',
    '{fsType:s,partition:i,readOnly:b,volumeID!:t}',
    '{metric!:{name!:t,selector:@3;},target!:@12;}',
    '{fsType:s,partition:i,pdName!:t,readOnly:b}',
  ],
  kinds: {
    'v1/Pod':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@0;,status:*}',
    'v1/Service':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{allocateLoadBalancerNodePorts:b,clusterIP:s,clusterIPs:[s],externalIPs:[s],externalName:s,extern' +
    'alTrafficPolicy:s,healthCheckNodePort:i,internalTrafficPolicy:s,ipFamilies:[s],ipFamilyPolicy:s,loadBalancerClass:s,loadBalancerIP:s,loa' +
    'dBalancerSourceRanges:[s],ports:[{appProtocol:s,name:s,nodePort:i,port!:i,protocol:s,targetPort:*}],publishNotReadyAddresses:b,selector:' +
    '<*>,sessionAffinity:s,sessionAffinityConfig:{clientIP:{timeoutSeconds:i}},trafficDistribution:s,type:s},status:*}',
    'v1/ServiceAccount':
    '{apiVersion:s,automountServiceAccountToken:b,imagePullSecrets:[{name:s}],kind:s,metadata:@1;,secrets:[@14;]}',
    'v1/ConfigMap':
    '{apiVersion:s,binaryData:<*>,data:<*>,immutable:b,kind:s,metadata:@1;}',
    'v1/Secret':
    '{apiVersion:s,data:<*>,immutable:b,kind:s,metadata:@1;,stringData:<*>,type:s}',
    'v1/Namespace':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{finalizers:[s]},status:*}',
    'v1/PersistentVolume':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{accessModes!:[s],awsElasticBlockStore:@38;,azureDisk:@28;,azureFile:{readOnly:b,secretName!:t,se' +
    'cretNamespace:s,shareName!:t},capacity!:<*>,cephfs:{monitors!:[s],path:s,readOnly:b,secretFile:s,secretRef:{name:s,namespace:s},user:s},' +
    'cinder:{fsType:s,readOnly:b,secretRef:{name:s,namespace:s},volumeID!:t},claimRef:@14;,csi:{controllerExpandSecretRef:{name:s,namespace:s' +
    '},controllerPublishSecretRef:{name:s,namespace:s},driver!:t,fsType:s,nodeExpandSecretRef:{name:s,namespace:s},nodePublishSecretRef:{name' +
    ':s,namespace:s},nodeStageSecretRef:{name:s,namespace:s},readOnly:b,volumeAttributes:<*>,volumeHandle!:t},fc:@35;,flexVolume:{driver!:t,f' +
    'sType:s,options:<*>,readOnly:b,secretRef:{name:s,namespace:s}},flocker:{datasetName:s,datasetUUID:s},gcePersistentDisk:@40;,glusterfs:{e' +
    'ndpoints!:t,endpointsNamespace:s,path!:t,readOnly:b},hostPath:{path!:t,type:s},iscsi:{chapAuthDiscovery:b,chapAuthSession:b,fsType:s,ini' +
    'tiatorName:s,iqn!:t,iscsiInterface:s,lun!:i,portals:[s],readOnly:b,secretRef:{name:s,namespace:s},targetPortal!:t},local:{fsType:s,path!' +
    ':t},mountOptions:[s],nfs:{path!:t,readOnly:b,server!:t},nodeAffinity:{required:{nodeSelectorTerms!:[@13;]}},persistentVolumeReclaimPolic' +
    'y:s,photonPersistentDisk:{fsType:s,pdID!:t},portworxVolume:{fsType:s,readOnly:b,volumeID!:t},quobyte:@32;,rbd:{fsType:s,image!:t,keyring' +
    ':s,monitors!:[s],pool:s,readOnly:b,secretRef:{name:s,namespace:s},user:s},scaleIO:{fsType:s,gateway!:t,protectionDomain:s,readOnly:b,sec' +
    'retRef!:{name:s,namespace:s},sslEnabled:b,storageMode:s,storagePool:s,system!:t,volumeName:s},storageClassName:s,storageos:{fsType:s,rea' +
    'dOnly:b,secretRef:@14;,volumeName:s,volumeNamespace:s},volumeAttributesClassName:s,volumeMode:s,vsphereVolume:@29;},status:*}',
    'v1/PersistentVolumeClaim':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@6;,status:*}',
    'v1/LimitRange':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{limits:[{default:<*>,defaultRequest:<*>,max:<*>,maxLimitRequestRatio:<*>,min:<*>,type!:t}]}}',
    'v1/ResourceQuota':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{hard:<*>,scopeSelector:{matchExpressions:[{operator!:t,scopeName!:t,values:[s]}]},scopes:[s]},st' +
    'atus:*}',
    'apps/v1/Deployment':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,paused:b,progressDeadlineSeconds:i,replicas:i,revisionHistoryLimit:i,selector' +
    ':@3;,strategy:@36;,template!:{metadata:@1;,spec:@0;}},status:*}',
    'apps/v1/StatefulSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,ordinals:{start:i},persistentVolumeClaimRetentionPolicy:{whenDeleted:s,whenSc' +
    'aled:s},podManagementPolicy:s,replicas:i,revisionHistoryLimit:i,selector:@3;,serviceName:s,template!:{metadata:@1;,spec:@0;},updateStrat' +
    'egy:{rollingUpdate:{maxUnavailable:*,partition:i},type:s},volumeClaimTemplates:[{apiVersion:s,kind:s,metadata:@1;,spec:@6;,status:*}]},s' +
    'tatus:*}',
    'apps/v1/DaemonSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,revisionHistoryLimit:i,selector:@3;,template!:{metadata:@1;,spec:@0;},updateS' +
    'trategy:@36;},status:*}',
    'apps/v1/ReplicaSet':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{minReadySeconds:i,replicas:i,selector:@3;,template:{metadata:@1;,spec:@0;}},status:*}',
    'batch/v1/Job':
    '{apiVersion:s,kind:s,metadata:@1;,spec:@5;,status:*}',
    'batch/v1/CronJob':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{concurrencyPolicy:s,failedJobsHistoryLimit:i,jobTemplate!:{metadata:@1;,spec:@5;},schedule!:t,s' +
    'tartingDeadlineSeconds:i,successfulJobsHistoryLimit:i,suspend:b,timeZone:s},status:*}',
    'networking.k8s.io/v1/NetworkPolicy':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{egress:[{ports:[{endPort:i,port:*,protocol:s}],to:[@27;]}],ingress:[{from:[@27;],ports:[{endPort' +
    ':i,port:*,protocol:s}]}],podSelector:@3;,policyTypes:[s]}}',
    'networking.k8s.io/v1/Ingress':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{defaultBackend:@21;,ingressClassName:s,rules:[{host:s,http:{paths!:[{backend!:@21;,path:s,pathTy' +
    'pe!:t}]}}],tls:[{hosts:[s],secretName:s}]},status:*}',
    'networking.k8s.io/v1/IngressClass':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{controller:s,parameters:{apiGroup:s,kind!:t,name!:t,namespace:s,scope:s}}}',
    'rbac.authorization.k8s.io/v1/Role':
    '{apiVersion:s,kind:s,metadata:@1;,rules:[@22;]}',
    'rbac.authorization.k8s.io/v1/ClusterRole':
    '{aggregationRule:{clusterRoleSelectors:[@3;]},apiVersion:s,kind:s,metadata:@1;,rules:[@22;]}',
    'rbac.authorization.k8s.io/v1/RoleBinding':
    '{apiVersion:s,kind:s,metadata:@1;,roleRef!:{apiGroup:s,kind!:t,name!:t},subjects:[{apiGroup:s,kind!:t,name!:t,namespace:s}]}',
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding':
    '{apiVersion:s,kind:s,metadata:@1;,roleRef!:{apiGroup:s,kind!:t,name!:t},subjects:[{apiGroup:s,kind!:t,name!:t,namespace:s}]}',
    'storage.k8s.io/v1/CSIDriver':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{attachRequired:b,fsGroupPolicy:s,nodeAllocatableUpdatePeriodSeconds:i,podInfoOnMount:b,preventPo' +
    'dSchedulingIfMissing:b,requiresRepublish:b,seLinuxMount:b,serviceAccountTokenInSecrets:b,storageCapacity:b,tokenRequests:[{audience:s,ex' +
    'pirationSeconds:i}],volumeLifecycleModes:[s]}}',
    'storage.k8s.io/v1/StorageClass':
    '{allowVolumeExpansion:b,allowedTopologies:[{matchLabelExpressions:[{key!:t,values!:[s]}]}],apiVersion:s,kind:s,metadata:@1;,mountOptions' +
    ':[s],parameters:<*>,provisioner!:t,reclaimPolicy:s,volumeBindingMode:s}',
    'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration':
    '{apiVersion:s,kind:s,metadata:@1;,webhooks:[{admissionReviewVersions!:[s],clientConfig!:@30;,failurePolicy:s,matchConditions:[{expressio' +
    'n!:t,name!:t}],matchPolicy:s,name!:t,namespaceSelector:@3;,objectSelector:@3;,rules:[@26;],sideEffects!:t,timeoutSeconds:i}]}',
    'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration':
    '{apiVersion:s,kind:s,metadata:@1;,webhooks:[{admissionReviewVersions!:[s],clientConfig!:@30;,failurePolicy:s,matchConditions:[{expressio' +
    'n!:t,name!:t}],matchPolicy:s,name!:t,namespaceSelector:@3;,objectSelector:@3;,reinvocationPolicy:s,rules:[@26;],sideEffects!:t,timeoutSe' +
    'conds:i}]}',
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{auditAnnotations:[{key!:t,valueExpression!:t}],failurePolicy:s,matchConditions:[{expression!:t,n' +
    'ame!:t}],matchConstraints:@10;,paramKind:{apiVersion!:t,kind!:t},validations:[{expression!:t,message:s,messageExpression:s,reason:s}],va' +
    'riables:[{expression!:t,name!:t}]},status:*}',
    'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{matchResources:@10;,paramRef:{name:s,namespace:s,parameterNotFoundAction!:t,selector:@3;},polic' +
    'yName!:t,validationActions!:[s]}}',
    'policy/v1/PodDisruptionBudget':
    '{apiVersion:s,kind:s,metadata:@1;,spec:{maxUnavailable:*,minAvailable:*,selector:@3;,unhealthyPodEvictionPolicy:s},status:*}',
    'autoscaling/v2/HorizontalPodAutoscaler':
    '{apiVersion:s,kind:s,metadata:@1;,spec!:{behavior:{scaleDown:@19;,scaleUp:@19;},maxReplicas!:i,metrics:[{containerResource:{container!:t' +
    ',name!:t,target!:@12;},external:@39;,object:{describedObject!:{apiVersion:s,kind!:t,name!:t},metric!:{name!:t,selector:@3;},target!:@12;' +
    '},pods:@39;,resource:{name!:t,target!:@12;},type!:t}],minReplicas:i,scaleTargetRef!:{apiVersion:s,kind!:t,name!:t}},status:*}',
    'scheduling.k8s.io/v1/PriorityClass':
    '{apiVersion:s,description:s,globalDefault:b,kind:s,metadata:@1;,preemptionPolicy:s,value:i}',
  },
};
